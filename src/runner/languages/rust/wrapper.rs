// Follows the text of an answer in Rust, in the root of its crate, so that private items are accessible.
// Traits convert the arguments, so the compiler determines the types. References are leaked, which is fine in
// a program this short. A `main` that calls one function is appended.

#[allow(warnings)]
mod tiebreak_call {
    use std::collections::*;
    use std::fmt::Write as _;

    #[derive(Clone, Debug)]
    pub enum Json { Null, Bool(bool), Number(String), Text(String), List(Vec<Json>), Object(Vec<(String, Json)>) }

    pub struct Reader<'a> { pub text: &'a [u8], pub at: usize }

    impl<'a> Reader<'a> {
        pub fn value(&mut self) -> Json {
            match self.text[self.at] {
                b'"' => Json::Text(self.string()),
                b'[' => {
                    let mut items = vec![];
                    self.at += 1;
                    while self.text[self.at] != b']' {
                        items.push(self.value());
                        if self.text[self.at] == b',' { self.at += 1; }
                    }
                    self.at += 1;
                    Json::List(items)
                }
                b'{' => {
                    let mut members = vec![];
                    self.at += 1;
                    while self.text[self.at] != b'}' {
                        let key = self.string();
                        self.at += 1;
                        members.push((key, self.value()));
                        if self.text[self.at] == b',' { self.at += 1; }
                    }
                    self.at += 1;
                    Json::Object(members)
                }
                _ => {
                    let start = self.at;
                    while self.at < self.text.len() && !b",]}".contains(&self.text[self.at]) { self.at += 1; }
                    match &self.text[start..self.at] {
                        b"null" => Json::Null,
                        b"true" => Json::Bool(true),
                        b"false" => Json::Bool(false),
                        word => Json::Number(String::from_utf8_lossy(word).into_owned()),
                    }
                }
            }
        }

        fn unit(&mut self) -> u32 {
            let word = std::str::from_utf8(&self.text[self.at + 1..self.at + 5]).unwrap();
            self.at += 5;
            u32::from_str_radix(word, 16).unwrap()
        }

        fn string(&mut self) -> String {
            let mut out: Vec<u8> = vec![];
            self.at += 1;
            while self.text[self.at] != b'"' {
                if self.text[self.at] != b'\\' {
                    out.push(self.text[self.at]);
                    self.at += 1;
                    continue;
                }
                self.at += 1;
                let escaped = match self.text[self.at] {
                    b'n' => '\n', b't' => '\t', b'r' => '\r', b'b' => '\u{8}', b'f' => '\u{c}',
                    b'u' => {
                        let mut code = self.unit();
                        if (0xd800..0xdc00).contains(&code) && self.text[self.at..].starts_with(b"\\u") {
                            self.at += 1;
                            code = 0x10000 + ((code - 0xd800) << 10) + (self.unit().wrapping_sub(0xdc00) & 0x3ff);
                        }
                        self.at -= 1;
                        char::from_u32(code).unwrap_or('\u{fffd}')
                    }
                    other => other as char,
                };
                self.at += 1;
                out.extend(escaped.to_string().into_bytes());
            }
            self.at += 1;
            String::from_utf8_lossy(&out).into_owned()
        }
    }

    pub trait FromJson: Sized { fn from_json(json: &Json) -> Option<Self>; }

    /// An integer that a case writes as a fraction, such as 2.0.
    fn whole(word: &str) -> Option<i128> {
        let number: f64 = if word.contains(['.', 'e', 'E']) { word.parse().ok()? } else { return None };
        if number.fract() == 0.0 && number.abs() < 1e38 { Some(number as i128) } else { None }
    }

    /// Whether a float has all digits of an integer.
    fn holds(word: &str, digits: String) -> bool { word.len() <= 15 || word.contains(['.', 'e', 'E']) || digits == word }

    macro_rules! integers { ($($kind:ty)*) => { $(
        impl FromJson for $kind {
            fn from_json(json: &Json) -> Option<Self> {
                match json { Json::Number(word) => word.parse().ok().or_else(|| whole(word)?.try_into().ok()), _ => None }
            }
        }
    )* } }
    integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

    macro_rules! floats { ($($kind:ty)*) => { $(
        impl FromJson for $kind {
            fn from_json(json: &Json) -> Option<Self> {
                match json { Json::Number(word) => word.parse().ok().filter(|number: &$kind| holds(word, format!("{:.0}", number))), _ => None }
            }
        }
    )* } }
    floats! { f32 f64 }

    macro_rules! numbers { ($($kind:ty)*) => { $(
        impl ToJson for $kind {
            fn write(&self, out: &mut String) -> Result<(), String> {
                let _ = write!(out, "{{\"$\":\"number\",\"v\":\"{}\"}}", format!("{:?}", self).replace("inf", "Infinity"));
                Ok(())
            }
        }
        impl FromKey for $kind { fn from_key(key: &str) -> Option<Self> { key.parse().ok() } }
    )* } }
    numbers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 }

    pub trait FromKey: Sized { fn from_key(key: &str) -> Option<Self>; }
    impl FromKey for String { fn from_key(key: &str) -> Option<Self> { Some(key.into()) } }
    impl FromKey for char { fn from_key(key: &str) -> Option<Self> { char::from_json(&Json::Text(key.into())) } }
    impl FromKey for &'static str { fn from_key(key: &str) -> Option<Self> { Some(Box::leak(key.to_string().into_boxed_str())) } }

    impl FromJson for bool { fn from_json(json: &Json) -> Option<Self> { if let Json::Bool(value) = json { Some(*value) } else { None } } }
    impl FromJson for String { fn from_json(json: &Json) -> Option<Self> { if let Json::Text(text) = json { Some(text.clone()) } else { None } } }
    impl FromJson for &'static str { fn from_json(json: &Json) -> Option<Self> { String::from_json(json).map(|text| &*Box::leak(text.into_boxed_str())) } }
    impl FromJson for &'static mut str { fn from_json(json: &Json) -> Option<Self> { String::from_json(json).map(|text| Box::leak(text.into_boxed_str())) } }
    impl FromJson for char {
        fn from_json(json: &Json) -> Option<Self> {
            let text = String::from_json(json)?;
            let mut characters = text.chars();
            let first = characters.next()?;
            if characters.next().is_none() { Some(first) } else { None }
        }
    }
    impl FromJson for () { fn from_json(json: &Json) -> Option<Self> { if let Json::Null = json { Some(()) } else { None } } }
    impl<T: FromJson> FromJson for Option<T> { fn from_json(json: &Json) -> Option<Self> { if let Json::Null = json { Some(None) } else { T::from_json(json).map(Some) } } }
    impl<T: FromJson> FromJson for Box<T> { fn from_json(json: &Json) -> Option<Self> { T::from_json(json).map(Box::new) } }
    impl<T: FromJson> FromJson for &'static T { fn from_json(json: &Json) -> Option<Self> { T::from_json(json).map(|value| &*Box::leak(Box::new(value))) } }
    impl<T: FromJson> FromJson for &'static mut T { fn from_json(json: &Json) -> Option<Self> { T::from_json(json).map(|value| Box::leak(Box::new(value))) } }
    impl<T: FromJson> FromJson for &'static [T] { fn from_json(json: &Json) -> Option<Self> { Vec::from_json(json).map(|items| &*Box::leak(items.into_boxed_slice())) } }
    impl<T: FromJson> FromJson for &'static mut [T] { fn from_json(json: &Json) -> Option<Self> { Vec::from_json(json).map(|items| Box::leak(items.into_boxed_slice())) } }
    impl<T: FromJson, const N: usize> FromJson for [T; N] { fn from_json(json: &Json) -> Option<Self> { Vec::from_json(json)?.try_into().ok() } }

    macro_rules! lists { ($($kind:ident: $($bound:path),*;)*) => { $(
        impl<T: FromJson $(+ $bound)*> FromJson for $kind<T> {
            fn from_json(json: &Json) -> Option<Self> { if let Json::List(items) = json { items.iter().map(T::from_json).collect() } else { None } }
        }
    )* } }
    lists! { Vec: ; VecDeque: ; LinkedList: ; HashSet: std::hash::Hash, Eq; BTreeSet: Ord; BinaryHeap: Ord; }
    macro_rules! maps { ($($kind:ident: $($bound:path),*;)*) => { $(
        impl<K: FromKey $(+ $bound)*, V: FromJson> FromJson for $kind<K, V> {
            fn from_json(json: &Json) -> Option<Self> { if let Json::Object(members) = json { members.iter().map(|(key, value)| Some((K::from_key(key)?, V::from_json(value)?))).collect() } else { None } }
        }
        impl<K: ToJson, V: ToJson> ToJson for $kind<K, V> {
            fn write(&self, out: &mut String) -> Result<(), String> { members(self.iter(), out) }
        }
    )* } }
    maps! { HashMap: std::hash::Hash, Eq; BTreeMap: Ord; }

    pub trait ToJson { fn write(&self, out: &mut String) -> Result<(), String>; }

    pub fn quote(text: &str, out: &mut String) {
        out.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => { out.push('\\'); out.push(character); }
                control if (control as u32) < 32 => { let _ = write!(out, "\\u{:04x}", control as u32); }
                other => out.push(other),
            }
        }
        out.push('"');
    }

    /// A map: an object if each key is a text or a number, else pairs.
    fn members<'a, K: ToJson + 'a, V: ToJson + 'a>(entries: impl Iterator<Item = (&'a K, &'a V)>, out: &mut String) -> Result<(), String> {
        let (mut object, mut pairs, mut plain) = (String::from("{"), String::from("["), true);
        for (index, (key, value)) in entries.enumerate() {
            let (mut name, mut content) = (String::new(), String::new());
            key.write(&mut name)?;
            value.write(&mut content)?;
            if index > 0 { object.push(','); pairs.push(','); }
            let _ = write!(pairs, "[{},{}]", name, content);
            if let Some(rest) = name.strip_prefix("{\"$\":\"number\",\"v\":") { name = rest[..rest.len() - 1].to_string(); }
            plain &= name.starts_with('"') && name != "\"$\"";
            let _ = write!(object, "{}:{}", name, content);
        }
        if plain { let _ = write!(out, "{}}}", object); } else { let _ = write!(out, "{{\"$\":\"pairs\",\"v\":{}]}}", pairs); }
        Ok(())
    }

    fn list<'a, T: ToJson + 'a>(items: impl Iterator<Item = &'a T>, out: &mut String) -> Result<(), String> {
        out.push('[');
        for (index, item) in items.enumerate() {
            if index > 0 { out.push(','); }
            item.write(out)?;
        }
        out.push(']');
        Ok(())
    }

    impl ToJson for bool { fn write(&self, out: &mut String) -> Result<(), String> { out.push_str(if *self { "true" } else { "false" }); Ok(()) } }
    impl ToJson for str { fn write(&self, out: &mut String) -> Result<(), String> { quote(self, out); Ok(()) } }
    impl ToJson for String { fn write(&self, out: &mut String) -> Result<(), String> { quote(self, out); Ok(()) } }
    impl ToJson for char { fn write(&self, out: &mut String) -> Result<(), String> { quote(&self.to_string(), out); Ok(()) } }
    impl ToJson for () { fn write(&self, out: &mut String) -> Result<(), String> { out.push_str("null"); Ok(()) } }
    impl<T: ToJson> ToJson for Option<T> { fn write(&self, out: &mut String) -> Result<(), String> { match self { Some(value) => value.write(out), None => { out.push_str("null"); Ok(()) } } } }
    impl<T: ToJson, E: std::fmt::Debug> ToJson for Result<T, E> { fn write(&self, out: &mut String) -> Result<(), String> { match self { Ok(value) => value.write(out), Err(error) => Err(format!("{:?}", error)) } } }
    impl<T: ToJson + ?Sized> ToJson for &T { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ?Sized> ToJson for &mut T { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ?Sized> ToJson for Box<T> { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ?Sized> ToJson for std::rc::Rc<T> { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ToOwned + ?Sized> ToJson for std::borrow::Cow<'_, T> { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ?Sized> ToJson for std::sync::Arc<T> { fn write(&self, out: &mut String) -> Result<(), String> { (**self).write(out) } }
    impl<T: ToJson + ?Sized> ToJson for std::cell::RefCell<T> { fn write(&self, out: &mut String) -> Result<(), String> { self.borrow().write(out) } }
    impl<T: ToJson + Copy> ToJson for std::cell::Cell<T> { fn write(&self, out: &mut String) -> Result<(), String> { self.get().write(out) } }
    impl<T: ToJson> ToJson for [T] { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    impl<T: ToJson, const N: usize> ToJson for [T; N] { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    impl<T: ToJson> ToJson for Vec<T> { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    impl<T: ToJson> ToJson for LinkedList<T> { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    impl<T: ToJson> ToJson for BinaryHeap<T> { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    impl<T: ToJson> ToJson for VecDeque<T> { fn write(&self, out: &mut String) -> Result<(), String> { list(self.iter(), out) } }
    macro_rules! sets { ($($kind:ident)*) => { $(
        impl<T: ToJson> ToJson for $kind<T> {
            fn write(&self, out: &mut String) -> Result<(), String> { out.push_str("{\"$\":\"set\",\"v\":"); list(self.iter(), out)?; out.push('}'); Ok(()) }
        }
    )* } }
    sets! { HashSet BTreeSet }
    macro_rules! tuples { ($($($name:ident $index:tt),+;)*) => { $(
        impl<$($name: ToJson),+> ToJson for ($($name,)+) {
            fn write(&self, out: &mut String) -> Result<(), String> {
                out.push('[');
                $( if $index > 0 { out.push(','); } self.$index.write(out)?; )+
                out.push(']');
                Ok(())
            }
        }
        impl<$($name: FromJson),+> FromJson for ($($name,)+) {
            fn from_json(json: &Json) -> Option<Self> { if let Json::List(items) = json { Some(($($name::from_json(items.get($index)?)?,)+)) } else { None } }
        }
    )* } }
    tuples! { A 0; A 0, B 1; A 0, B 1, C 2; A 0, B 1, C 2, D 3; A 0, B 1, C 2, D 3, E 4; A 0, B 1, C 2, D 3, E 4, F 5; A 0, B 1, C 2, D 3, E 4, F 5, G 6; A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7; }

    pub fn send(frame: &str) {
        use std::os::unix::io::FromRawFd;
        use std::io::Write;
        let mut channel = unsafe { std::fs::File::from_raw_fd(3) };
        let _ = channel.write_all(frame.as_bytes());
        let _ = channel.write_all(b"\n");
        std::mem::forget(channel);
    }

    pub fn take<T: FromJson>(given: &[Json], index: usize) -> T {
        T::from_json(&given[index]).unwrap_or_else(|| {
            let mut message = String::new();
            quote(&format!("the argument {} cannot be made into a value of the type {}", index + 1, std::any::type_name::<T>()), &mut message);
            send(&format!("{{\"stage\":\"unsupported\",\"message\":{}}}", message));
            std::process::exit(1);
        })
    }

    /// `call` takes the arguments of the case and calls the function.
    pub fn run<R: ToJson>(call: impl FnOnce(&[Json]) -> R) {
        let text = std::fs::read_to_string(".tiebreak/arguments.json").unwrap();
        let _ = std::fs::remove_file(".tiebreak/arguments.json");
        let given = match (Reader { text: text.as_bytes(), at: 0 }).value() { Json::List(items) => items, _ => vec![] };
        std::panic::set_hook(Box::new(|info| {
            eprintln!("{}", info);
            let what = info.payload().downcast_ref::<&str>().map(|text| text.to_string()).or_else(|| info.payload().downcast_ref::<String>().cloned()).unwrap_or_default();
            let mut message = String::new();
            quote(&what, &mut message);
            send(&format!("{{\"stage\":\"call\",\"names\":[\"panic\"],\"message\":{}}}", message));
            std::process::exit(101);
        }));
        let value = call(&given);
        let mut text = String::new();
        match value.write(&mut text) {
            Ok(()) => send(&format!("{{\"stage\":\"done\",\"value\":{}}}", text)),
            Err(error) => {
                let mut message = String::new();
                quote(&error, &mut message);
                send(&format!("{{\"stage\":\"call\",\"names\":[\"Err\"],\"message\":{}}}", message));
                std::process::exit(1);
            }
        }
    }
}
