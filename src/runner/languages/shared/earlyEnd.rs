// Linked with a Rust program. The linker redirects calls of `exit` here (--wrap), and status 0 becomes 120.
extern "C" {
    #[link_name = "__real_exit"]
    fn tiebreak_real_exit(code: i32) -> !;
}
#[no_mangle]
extern "C" fn __wrap_exit(code: i32) -> ! {
    unsafe { tiebreak_real_exit(if code == 0 { 120 } else { code }) }
}
