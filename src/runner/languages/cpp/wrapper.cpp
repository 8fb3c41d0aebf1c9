// Follows the text of an answer in C++. Calls the function TIEBREAK_TARGET, defined before this text, with
// the arguments of a case and writes its value to descriptor 3. Templates convert the arguments, so the
// compiler determines the types.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <forward_list>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <queue>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#include <cxxabi.h>
#include <unistd.h>

namespace tiebreak {
enum class Kind { null, boolean, number, text, list, object };
struct Json {
  Kind kind = Kind::null;
  bool truth = false;
  std::string text;
  std::vector<Json> items;
  std::vector<std::string> keys;
};

struct Reader {
  std::string text;
  std::size_t at = 0;
  Json value() {
    Json json;
    char c = text[at];
    if (c == '"') { json.kind = Kind::text; json.text = string(); }
    else if (c == '[') {
      json.kind = Kind::list;
      for (at++; text[at] != ']'; at += text[at] == ',') json.items.push_back(value());
      at++;
    } else if (c == '{') {
      json.kind = Kind::object;
      for (at++; text[at] != '}'; at += text[at] == ',') { json.keys.push_back(string()); at++; json.items.push_back(value()); }
      at++;
    } else {
      std::size_t start = at;
      while (at < text.size() && !std::strchr(",]}", text[at])) at++;
      json.text = text.substr(start, at - start);
      if (json.text == "true" || json.text == "false") { json.kind = Kind::boolean; json.truth = json.text == "true"; }
      else if (json.text != "null") json.kind = Kind::number;
    }
    return json;
  }
  unsigned unit() { unsigned code = std::stoul(text.substr(at + 1, 4), nullptr, 16); at += 5; return code; }
  std::string string() {
    std::string out;
    for (at++; text[at] != '"';) {
      if (text[at] != '\\') { out += text[at++]; continue; }
      char c = text[++at];
      if (c != 'u') { out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c; at++; continue; }
      unsigned code = unit();
      if (code >= 0xd800 && code < 0xdc00 && text[at] == '\\') { at++; code = 0x10000 + ((code - 0xd800) << 10) + (unit() - 0xdc00); }
      if (code < 0x80) out += (char)code;
      else if (code < 0x800) { out += (char)(0xc0 | code >> 6); out += (char)(0x80 | (code & 63)); }
      else if (code < 0x10000) { out += (char)(0xe0 | code >> 12); out += (char)(0x80 | (code >> 6 & 63)); out += (char)(0x80 | (code & 63)); }
      else { out += (char)(0xf0 | code >> 18); out += (char)(0x80 | (code >> 12 & 63)); out += (char)(0x80 | (code >> 6 & 63)); out += (char)(0x80 | (code & 63)); }
    }
    at++;
    return out;
  }
};

inline void send(const std::string &frame) {
  std::string line = frame + "\n";
  for (std::size_t done = 0; done < line.size();) {
    ssize_t count = ::write(3, line.data() + done, line.size() - done);
    if (count <= 0) break;
    done += count;
  }
}
inline void leave(int code, const std::string &frame) { std::cout.flush(); std::fflush(nullptr); send(frame); ::_exit(code); }

inline std::string quote(std::string_view text) {
  std::string out = "\"";
  for (unsigned char c : text) {
    if (c == '"' || c == '\\') { out += '\\'; out += (char)c; }
    else if (c < 32) { char hex[8]; std::snprintf(hex, sizeof hex, "\\u%04x", c); out += hex; }
    else out += (char)c;
  }
  return out + "\"";
}
inline bool isUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    unsigned char first = text[at++];
    int more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
    if (more < 0) return false;
    for (; more > 0; more--) if (at >= text.size() || ((unsigned char)text[at++] & 0xc0) != 0x80) return false;
  }
  return true;
}
// A text, or the numbers of its bytes if it is not UTF-8.
inline std::string textOf(std::string_view text) {
  if (isUtf8(text)) return quote(text);
  std::string out = "[";
  for (unsigned char c : text) out += (out.size() > 1 ? "," : "") + std::to_string((int)c);
  return out + "]";
}
template <class T> std::string nameOf() {
  int status = 0;
  std::unique_ptr<char, void (*)(void *)> name(abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, &status), std::free);
  return status == 0 ? name.get() : typeid(T).name();
}
inline std::string special(const std::string &kind, const std::string &content) { return "{\"$\":\"" + kind + "\",\"v\":" + content + "}"; }
struct Unfit { std::string type; };
template <class T> [[noreturn]] void unfit() { throw Unfit{nameOf<T>()}; }

// An enumeration is its number. Any other type without a specialization is refused.
template <class T> struct Convert {
  static_assert(std::is_enum_v<T>, "TIEBREAK refuses this type");
  static T from(const Json &json) {
    if (json.kind != Kind::number) unfit<T>();
    if constexpr (std::is_enum_v<T>) return (T)std::stoll(json.text);
    else unfit<T>();
  }
  static std::string to(const T &value) {
    if constexpr (std::is_enum_v<T>) return special("number", quote(std::to_string((long long)value)));
    else return "";
  }
};
template <class T> T from(const Json &json) { return Convert<T>::from(json); }
template <class T> std::string to(const T &value) { return Convert<std::decay_t<T>>::to(value); }

template <> struct Convert<bool> {
  static bool from(const Json &json) { if (json.kind != Kind::boolean) unfit<bool>(); return json.truth; }
  static std::string to(bool value) { return value ? "true" : "false"; }
};
template <class T> struct Whole {
  static T from(const Json &json) {
    if (json.kind != Kind::number) unfit<T>();
    if (json.text.find_first_of(".eE") == std::string::npos) {
      std::istringstream in(json.text); T value{};
      if constexpr (std::is_unsigned_v<T>) if (json.text[0] == '-') unfit<T>();
      if constexpr (sizeof(T) == 1) {
        int wide = 0; in >> wide; value = (T)wide;
        if (value != wide) unfit<T>();
      } else in >> value;
      if (in.fail()) unfit<T>();
      return value;
    }
    double number = std::strtod(json.text.c_str(), nullptr);
    // The highest value of a type is one less than a power of 2, which is a double.
    double end = std::ldexp(1.0, std::numeric_limits<T>::digits);
    if (number >= end || number < (std::is_signed_v<T> ? -end : 0) || (double)(T)number != number) unfit<T>();
    return (T)number;
  }
  static std::string to(T value) { return special("number", quote(std::to_string(value))); }
};
template <> struct Convert<short> : Whole<short> {};
template <> struct Convert<int> : Whole<int> {};
template <> struct Convert<long> : Whole<long> {};
template <> struct Convert<long long> : Whole<long long> {};
template <> struct Convert<signed char> : Whole<signed char> {};
template <> struct Convert<unsigned char> : Whole<unsigned char> {};
template <> struct Convert<unsigned short> : Whole<unsigned short> {};
template <> struct Convert<unsigned int> : Whole<unsigned int> {};
template <> struct Convert<unsigned long> : Whole<unsigned long> {};
template <> struct Convert<unsigned long long> : Whole<unsigned long long> {};
template <class T> struct Broken {
  static T from(const Json &json) {
    if (json.kind != Kind::number) unfit<T>();
    T value = (T)std::strtold(json.text.c_str(), nullptr);
    if (json.text.size() > 15 && json.text.find_first_of(".eE") == std::string::npos && digits(value) != json.text) unfit<T>();
    return value;
  }
  /** All digits of a value without a fraction. */
  static std::string digits(long double value) {
    std::string out(std::snprintf(nullptr, 0, "%.0Lf", value) + 1, '\0');
    std::snprintf(out.data(), out.size(), "%.0Lf", value);
    out.pop_back();
    return out;
  }
  static std::string to(T value) {
    if (std::isnan(value)) return special("number", "\"NaN\"");
    if (std::isinf(value)) return special("number", value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    char text[64];
    std::snprintf(text, sizeof text, "%.*g", std::numeric_limits<T>::digits10 + (std::is_same_v<T, float> ? 0 : 2), (double)value);
    return std::strpbrk(text, ".e") ? text : std::string(text) + ".0";
  }
};
template <> struct Convert<float> : Broken<float> {};
template <> struct Convert<double> : Broken<double> {};
template <> struct Convert<long double> : Broken<long double> {};
template <> struct Convert<char> {
  static char from(const Json &json) { if (json.kind != Kind::text || json.text.size() != 1) unfit<char>(); return json.text[0]; }
  static std::string to(char value) { return textOf(std::string(1, value)); }
};
template <> struct Convert<std::string> {
  static std::string from(const Json &json) { if (json.kind != Kind::text) unfit<std::string>(); return json.text; }
  static std::string to(const std::string &value) { return textOf(value); }
};
inline std::deque<std::string> kept;
template <> struct Convert<std::string_view> {
  static std::string_view from(const Json &json) { return kept.emplace_back(Convert<std::string>::from(json)); }
  static std::string to(std::string_view value) { return textOf(value); }
};
template <> struct Convert<const char *> {
  static const char *from(const Json &json) { return kept.emplace_back(Convert<std::string>::from(json)).c_str(); }
  static std::string to(const char *value) { return value ? textOf(value) : "null"; }
};
template <> struct Convert<char *> {
  static char *from(const Json &json) { return kept.emplace_back(Convert<std::string>::from(json)).data(); }
  static std::string to(const char *value) { return value ? textOf(value) : "null"; }
};
template <class Items> std::string list(const Items &items) {
  std::string out = "[";
  for (const auto &item : items) { if (out.size() > 1) out += ','; out += tiebreak::to<typename Items::value_type>(item); }
  return out + "]";
}
template <class Items> struct Many {
  static Items from(const Json &json) {
    if (json.kind != Kind::list) unfit<Items>();
    Items items;
    for (const Json &item : json.items) items.insert(items.end(), tiebreak::from<typename Items::value_type>(item));
    return items;
  }
  static std::string to(const Items &items) { return list(items); }
};
template <class T, class A> struct Convert<std::vector<T, A>> : Many<std::vector<T, A>> {};
template <class T, class A> struct Convert<std::deque<T, A>> : Many<std::deque<T, A>> {};
template <class T, class A> struct Convert<std::list<T, A>> : Many<std::list<T, A>> {};
template <class Items> struct Set : Many<Items> { static std::string to(const Items &items) { return special("set", list(items)); } };
template <class T, class C, class A> struct Convert<std::set<T, C, A>> : Set<std::set<T, C, A>> {};
template <class T, class C, class A> struct Convert<std::multiset<T, C, A>> : Set<std::multiset<T, C, A>> {};
template <class T, class H, class E, class A> struct Convert<std::unordered_set<T, H, E, A>> : Set<std::unordered_set<T, H, E, A>> {};
template <class T, class H, class E, class A> struct Convert<std::unordered_multiset<T, H, E, A>> : Set<std::unordered_multiset<T, H, E, A>> {};
template <class T, class A> struct Convert<std::forward_list<T, A>> { static std::string to(const std::forward_list<T, A> &items) { return list(items); } };
template <class P> struct Pointer { static std::string to(const P &value) { return value ? tiebreak::to<typename P::element_type>(*value) : "null"; } };
template <class T, class D> struct Convert<std::unique_ptr<T, D>> : Pointer<std::unique_ptr<T, D>> {};
template <class T> struct Convert<std::shared_ptr<T>> : Pointer<std::shared_ptr<T>> {};
template <class T, std::size_t N> struct Convert<std::array<T, N>> {
  static std::array<T, N> from(const Json &json) {
    if (json.kind != Kind::list || json.items.size() != N) unfit<std::array<T, N>>();
    std::array<T, N> items{};
    for (std::size_t index = 0; index < N; index++) items[index] = tiebreak::from<T>(json.items[index]);
    return items;
  }
  static std::string to(const std::array<T, N> &items) { return list(items); }
};
template <class Map> struct Members {
  static Map from(const Json &json) {
    if (json.kind != Kind::object) unfit<Map>();
    Map map;
    for (std::size_t index = 0; index < json.keys.size(); index++) {
      Json key;
      key.kind = std::is_arithmetic_v<typename Map::key_type> && !std::is_same_v<typename Map::key_type, char> ? Kind::number : Kind::text;
      key.text = json.keys[index];
      map.emplace(tiebreak::from<typename Map::key_type>(key), tiebreak::from<typename Map::mapped_type>(json.items[index]));
    }
    return map;
  }
  static std::string to(const Map &map) {
    std::string out = "{", pairs = "[";
    bool plain = true;
    for (const auto &[key, value] : map) {
      std::string name = tiebreak::to<typename Map::key_type>(key), content = tiebreak::to<typename Map::mapped_type>(value);
      pairs += (pairs.size() > 1 ? ",[" : "[") + name + "," + content + "]";
      if (name.rfind("{\"$\":\"number\",\"v\":", 0) == 0) name = name.substr(18, name.size() - 19);
      else if (name[0] != '"' || name == "\"$\"") plain = false;
      out += (out.size() > 1 ? "," : "") + name + ":" + content;
    }
    return plain ? out + "}" : special("pairs", pairs + "]");
  }
};
template <class K, class V, class C, class A> struct Convert<std::map<K, V, C, A>> : Members<std::map<K, V, C, A>> {};
template <class K, class V, class H, class E, class A> struct Convert<std::unordered_map<K, V, H, E, A>> : Members<std::unordered_map<K, V, H, E, A>> {};
template <class Map> struct Pairs {
  static std::string to(const Map &map) {
    std::string out = "[";
    for (const auto &[key, value] : map) out += (out.size() > 1 ? ",[" : "[") + tiebreak::to<typename Map::key_type>(key) + "," + tiebreak::to<typename Map::mapped_type>(value) + "]";
    return special("pairs", out + "]");
  }
};
template <class K, class V, class C, class A> struct Convert<std::multimap<K, V, C, A>> : Pairs<std::multimap<K, V, C, A>> {};
template <class K, class V, class H, class E, class A> struct Convert<std::unordered_multimap<K, V, H, E, A>> : Pairs<std::unordered_multimap<K, V, H, E, A>> {};
template <class T> struct Convert<std::optional<T>> {
  static std::optional<T> from(const Json &json) { if (json.kind == Kind::null) return std::nullopt; return tiebreak::from<T>(json); }
  static std::string to(const std::optional<T> &value) { return value ? tiebreak::to<T>(*value) : "null"; }
};
template <class Tuple, std::size_t... I> Tuple tuple(const Json &json, std::index_sequence<I...>) {
  if (json.kind != Kind::list || json.items.size() != sizeof...(I)) unfit<Tuple>();
  return Tuple{tiebreak::from<std::decay_t<std::tuple_element_t<I, Tuple>>>(json.items[I])...};
}
template <class A, class B> struct Convert<std::pair<A, B>> {
  static std::pair<A, B> from(const Json &json) { return tuple<std::pair<A, B>>(json, std::index_sequence_for<A, B>()); }
  static std::string to(const std::pair<A, B> &value) { return "[" + tiebreak::to<A>(value.first) + "," + tiebreak::to<B>(value.second) + "]"; }
};
template <class... A> struct Convert<std::tuple<A...>> {
  static std::tuple<A...> from(const Json &json) { return tuple<std::tuple<A...>>(json, std::index_sequence_for<A...>()); }
  static std::string to(const std::tuple<A...> &value) {
    std::string out = "[";
    std::apply([&](const auto &...items) { ((out += (out.size() > 1 ? "," : "") + tiebreak::to(items)), ...); }, value);
    return out + "]";
  }
};

template <class R, class... A, std::size_t... I> std::string invoke(const std::function<R(A...)> &target, const Json &given, std::index_sequence<I...> places) {
  using Values = std::tuple<std::decay_t<A>...>;
  if (given.items.size() != sizeof...(A)) {
    leave(1, "{\"stage\":\"unsupported\",\"message\":" + quote("the function takes " + std::to_string(sizeof...(A)) + " arguments and the case gives " + std::to_string(given.items.size())) + "}");
  }
  Values values = tuple<Values>(given, places);
  if constexpr (!std::is_void_v<R>) return tiebreak::to<std::decay_t<R>>(target(static_cast<A &&>(std::get<I>(values))...));
  else {
    target(static_cast<A &&>(std::get<I>(values))...);
    // The value of a void function is what it changed in place.
    if constexpr (sizeof...(A) > 0) return tiebreak::to(std::get<0>(values));
    else return "null";
  }
}
template <class R, class... A> std::string call(R (*target)(A...), const Json &given) {
  return invoke(std::function<R(A...)>(target), given, std::index_sequence_for<A...>());
}
template <class C, class R, class... A> std::string call(R (C::*target)(A...), const Json &given) {
  auto subject = std::make_shared<C>();
  return invoke(std::function<R(A...)>([=](A... values) -> R { return ((*subject).*target)(static_cast<A &&>(values)...); }), given, std::index_sequence_for<A...>());
}
template <class C, class R, class... A> std::string call(R (C::*target)(A...) const, const Json &given) {
  auto subject = std::make_shared<C>();
  return invoke(std::function<R(A...)>([=](A... values) -> R { return ((*subject).*target)(static_cast<A &&>(values)...); }), given, std::index_sequence_for<A...>());
}

inline int run() {
  std::stringstream text;
  text << std::ifstream(".tiebreak/arguments.json").rdbuf();
  std::remove(".tiebreak/arguments.json");
  Json given = Reader{text.str()}.value();
  try {
    leave(0, "{\"stage\":\"done\",\"value\":" + call(TIEBREAK_TARGET, given) + "}");
  } catch (const Unfit &error) {
    leave(1, "{\"stage\":\"unsupported\",\"message\":" + quote("an argument cannot be made into a value of the type " + error.type) + "}");
  } catch (const std::bad_alloc &) {
    leave(1, "{\"stage\":\"call\",\"names\":[\"bad_alloc\"],\"message\":\"\"}");
  } catch (const std::exception &error) {
    int status = 0;
    std::unique_ptr<char, void (*)(void *)> name(abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), std::free);
    std::string full = status == 0 ? name.get() : typeid(error).name();
    std::cerr << "terminate called after throwing an instance of '" << full << "'\n  what():  " << error.what() << "\n";
    std::string brief = full.substr(full.rfind(':') == std::string::npos ? 0 : full.rfind(':') + 1);
    leave(1, "{\"stage\":\"call\",\"names\":[" + quote(brief) + "," + quote(full) + ",\"exception\"],\"message\":" + quote(error.what()) + "}");
  } catch (...) {
    leave(1, "{\"stage\":\"call\",\"names\":[\"exception\"],\"message\":\"\"}");
  }
  return 0;
}
}  // namespace tiebreak

int main() { return tiebreak::run(); }
