/*
 * Linked with a C or C++ program. The linker redirects calls of these functions here (--wrap), and status 0
 * becomes 120.
 */
#ifdef __cplusplus
extern "C" {
#endif
void __real_exit(int) __attribute__((noreturn));
void __wrap_exit(int) __attribute__((noreturn));
void __wrap_exit(int code) { __real_exit(code == 0 ? 120 : code); }
void __real__exit(int) __attribute__((noreturn));
void __wrap__exit(int) __attribute__((noreturn));
void __wrap__exit(int code) { __real__exit(code == 0 ? 120 : code); }
void __real__Exit(int) __attribute__((noreturn));
void __wrap__Exit(int) __attribute__((noreturn));
void __wrap__Exit(int code) { __real__Exit(code == 0 ? 120 : code); }
void __real_quick_exit(int) __attribute__((noreturn));
void __wrap_quick_exit(int) __attribute__((noreturn));
void __wrap_quick_exit(int code) { __real_quick_exit(code == 0 ? 120 : code); }
#ifdef __cplusplus
}
#endif
