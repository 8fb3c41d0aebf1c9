// A test file in the answer's own package. Its TestMain calls tiebreakTarget with the arguments of a case and
// sends the value on descriptor 3. Being a test, it does not conflict with the answer's main. Reflection
// converts the arguments.

package main

import (
	tiebreakBytes "bytes"
	tiebreakEncoding "encoding"
	tiebreakJson "encoding/json"
	tiebreakFmt "fmt"
	tiebreakMath "math"
	tiebreakOs "os"
	tiebreakReflect "reflect"
	tiebreakRegexp "regexp"
	tiebreakDebug "runtime/debug"
	tiebreakSort "sort"
	tiebreakStrconv "strconv"
	tiebreakStrings "strings"
	tiebreakTesting "testing"
	tiebreakUtf8 "unicode/utf8"
	tiebreakUnsafe "unsafe"
)

func TestMain(_ *tiebreakTesting.M) {
	channel := tiebreakOs.NewFile(3, "channel")
	leave := func(code int, frame map[string]any) {
		text, _ := tiebreakJson.Marshal(frame)
		channel.Write(append(text, '\n'))
		tiebreakOs.Exit(code)
	}
	var given []tiebreakJson.RawMessage
	text, _ := tiebreakOs.ReadFile(".tiebreak/arguments.json")
	tiebreakOs.Remove(".tiebreak/arguments.json")
	if err := tiebreakJson.Unmarshal(text, &given); err != nil {
		leave(1, map[string]any{"stage": "unsupported", "message": err.Error()})
	}
	target := tiebreakReflect.ValueOf(tiebreakTarget)
	arguments, problem := tiebreakArguments(target.Type(), given)
	if problem != "" {
		leave(1, map[string]any{"stage": "unsupported", "message": problem})
	}
	defer func() {
		if reason := recover(); reason != nil {
			tiebreakFmt.Fprintf(tiebreakOs.Stderr, "panic: %v\n\n%s", reason, tiebreakDebug.Stack())
			names := []string{"panic", tiebreakStrings.TrimPrefix(tiebreakFmt.Sprintf("%T", reason), "*")}
			leave(2, map[string]any{"stage": "call", "names": names, "message": tiebreakFmt.Sprint(reason)})
		}
	}()
	var results []tiebreakReflect.Value
	if target.Type().IsVariadic() && len(arguments) == target.Type().NumIn() && arguments[len(arguments)-1].Type() == target.Type().In(len(arguments)-1) {
		results = target.CallSlice(arguments)
	} else {
		results = target.Call(arguments)
	}
	failure := tiebreakReflect.TypeOf((*error)(nil)).Elem()
	if count := len(results); count > 0 && results[count-1].Type() == failure {
		if err, ok := results[count-1].Interface().(error); ok {
			names := []string{"error", tiebreakStrings.TrimPrefix(tiebreakFmt.Sprintf("%T", err), "*")}
			leave(1, map[string]any{"stage": "call", "names": names, "message": err.Error()})
		}
		results = results[:count-1]
	}
	var value any
	if len(results) == 1 {
		value = tiebreakEncode(results[0], nil)
	} else if len(results) > 1 {
		list := []any{}
		for _, result := range results {
			list = append(list, tiebreakEncode(result, nil))
		}
		value = list
	}
	leave(0, map[string]any{"stage": "done", "value": value})
}

func tiebreakArguments(kind tiebreakReflect.Type, given []tiebreakJson.RawMessage) ([]tiebreakReflect.Value, string) {
	arguments := []tiebreakReflect.Value{}
	count := kind.NumIn()
	if len(given) != count && !(kind.IsVariadic() && len(given) >= count-1) {
		return nil, tiebreakFmt.Sprintf("the function takes %d arguments and the case gives %d", count, len(given))
	}
	for index, text := range given {
		var wanted tiebreakReflect.Type
		if kind.IsVariadic() && index >= count-1 {
			wanted = kind.In(count - 1)
			if len(given) != count || tiebreakBytes.HasPrefix(tiebreakBytes.TrimSpace(text), []byte("[")) == false {
				wanted = wanted.Elem()
			}
		} else {
			wanted = kind.In(index)
		}
		place := tiebreakReflect.New(wanted)
		if !tiebreakDecode(text, place) {
			return nil, tiebreakFmt.Sprintf("the argument %d, %.100s, cannot be made into a value of the type %s", index+1, text, wanted)
		}
		arguments = append(arguments, place.Elem())
	}
	return arguments, ""
}

func tiebreakDecode(text tiebreakJson.RawMessage, place tiebreakReflect.Value) bool {
	wanted := place.Elem().Type()
	var word string
	isWord := tiebreakJson.Unmarshal(text, &word) == nil
	switch kind := wanted.Kind(); {
	case kind == tiebreakReflect.Slice && isWord && wanted.Elem().Kind() == tiebreakReflect.Uint8:
		place.Elem().SetBytes([]byte(word))
		return true
	case kind == tiebreakReflect.Slice && isWord && wanted.Elem().Kind() == tiebreakReflect.Int32:
		place.Elem().Set(tiebreakReflect.ValueOf([]rune(word)).Convert(wanted))
		return true
	case isWord && len([]rune(word)) == 1 && kind == tiebreakReflect.Int32:
		place.Elem().SetInt(int64([]rune(word)[0]))
		return true
	case isWord && len(word) == 1 && kind == tiebreakReflect.Uint8:
		place.Elem().SetUint(uint64(word[0]))
		return true
	case kind == tiebreakReflect.Slice && (wanted.Elem().Kind() == tiebreakReflect.Int32 || wanted.Elem().Kind() == tiebreakReflect.Uint8 || wanted.Elem().Kind() == tiebreakReflect.Slice):
		var items []tiebreakJson.RawMessage
		if tiebreakJson.Unmarshal(text, &items) != nil {
			return false
		}
		for _, item := range items {
			member := tiebreakReflect.New(wanted.Elem())
			if !tiebreakDecode(item, member) {
				return false
			}
			place.Elem().Set(tiebreakReflect.Append(place.Elem(), member.Elem()))
		}
		return true
	}
	if tiebreakJson.Unmarshal(text, place.Interface()) != nil {
		place.Elem().Set(tiebreakReflect.Zero(wanted))
		if tiebreakJson.Unmarshal(tiebreakIntegers(text), place.Interface()) != nil {
			return false
		}
	}
	var given any
	decoder := tiebreakJson.NewDecoder(tiebreakBytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(&given) != nil || tiebreakHolds(given, place.Elem())
}

var tiebreakTokens = tiebreakRegexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`)

// The text with 2 in place of 2.0: Go's decoder makes no integer of a fraction.
func tiebreakIntegers(text []byte) []byte {
	return tiebreakTokens.ReplaceAllFunc(text, func(token []byte) []byte {
		number, err := tiebreakStrconv.ParseFloat(string(token), 64)
		if err != nil || !tiebreakBytes.ContainsAny(token, ".eE") || number != tiebreakMath.Trunc(number) || tiebreakMath.Abs(number) > 1e19 {
			return token
		}
		return tiebreakStrconv.AppendFloat(nil, number, 'f', 0, 64)
	})
}

// Whether no integer was rounded to a float.
func tiebreakHolds(given any, held tiebreakReflect.Value) bool {
	for held.Kind() == tiebreakReflect.Interface || held.Kind() == tiebreakReflect.Ptr {
		held = held.Elem()
	}
	switch given := given.(type) {
	case tiebreakJson.Number:
		text := given.String()
		isFloat := held.Kind() == tiebreakReflect.Float64 || held.Kind() == tiebreakReflect.Float32
		return !isFloat || len(text) <= 15 || tiebreakStrings.ContainsAny(text, ".eE") || tiebreakStrconv.FormatFloat(held.Float(), 'f', 0, 64) == text
	case []any:
		isList := held.Kind() == tiebreakReflect.Slice || held.Kind() == tiebreakReflect.Array
		for index := 0; isList && index < len(given) && index < held.Len(); index++ {
			if !tiebreakHolds(given[index], held.Index(index)) {
				return false
			}
		}
	case map[string]any:
		if held.Kind() == tiebreakReflect.Map {
			for _, key := range held.MapKeys() {
				if member, ok := given[tiebreakFmt.Sprint(key.Interface())]; ok && !tiebreakHolds(member, held.MapIndex(key)) {
					return false
				}
			}
		}
	}
	return true
}

// Writes values as JSON. Values that JSON lacks have the form that outcome/value.ts reads. inside holds the
// pointers and maps around a value.
func tiebreakEncode(value tiebreakReflect.Value, inside []uintptr) any {
	switch value.Kind() {
	case tiebreakReflect.Invalid:
		return nil
	case tiebreakReflect.Interface, tiebreakReflect.Ptr, tiebreakReflect.Map, tiebreakReflect.Slice:
		if value.IsNil() {
			if value.Kind() == tiebreakReflect.Map || value.Kind() == tiebreakReflect.Slice {
				return map[string]any{"$": "nothing"}
			}
			return nil
		}
	}
	if len(inside) > 200 {
		return tiebreakUnconverted("a value nested more than 200 levels deep", "")
	}
	if known, ok := tiebreakEncodeKnown(value, inside); ok {
		return known
	}
	switch value.Kind() {
	case tiebreakReflect.Bool:
		return value.Bool()
	case tiebreakReflect.String:
		if tiebreakUtf8.ValidString(value.String()) {
			return value.String()
		}
		return tiebreakList(tiebreakReflect.ValueOf([]byte(value.String())), inside)
	case tiebreakReflect.Int, tiebreakReflect.Int8, tiebreakReflect.Int16, tiebreakReflect.Int32, tiebreakReflect.Int64:
		return tiebreakNumber(tiebreakFmt.Sprint(value.Int()))
	case tiebreakReflect.Uint, tiebreakReflect.Uint8, tiebreakReflect.Uint16, tiebreakReflect.Uint32, tiebreakReflect.Uint64, tiebreakReflect.Uintptr:
		return tiebreakNumber(tiebreakFmt.Sprint(value.Uint()))
	case tiebreakReflect.Float32, tiebreakReflect.Float64:
		if number := value.Float(); tiebreakMath.IsNaN(number) || tiebreakMath.IsInf(number, 0) {
			return tiebreakNumber(tiebreakStrings.Replace(tiebreakStrings.TrimPrefix(tiebreakFmt.Sprint(number), "+"), "Inf", "Infinity", 1))
		}
		text := tiebreakStrconv.FormatFloat(value.Float(), 'g', -1, value.Type().Bits())
		if !tiebreakStrings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return tiebreakJson.RawMessage(text)
	case tiebreakReflect.Interface:
		return tiebreakEncode(value.Elem(), inside)
	case tiebreakReflect.Ptr, tiebreakReflect.Map:
		for _, above := range inside {
			if above == value.Pointer() {
				return tiebreakUnconverted("a value that contains itself", "")
			}
		}
		around := append(append([]uintptr{}, inside...), value.Pointer())
		if value.Kind() == tiebreakReflect.Ptr {
			return tiebreakEncode(value.Elem(), around)
		}
		return tiebreakEncodeMap(value, around)
	case tiebreakReflect.Slice, tiebreakReflect.Array:
		list := tiebreakList(value, append(append([]uintptr{}, inside...), 0))
		if value.Type().Elem().Kind() == tiebreakReflect.Uint8 {
			if text := tiebreakText(value); tiebreakUtf8.ValidString(text) {
				return tiebreakSpecial("either", []any{list, text})
			}
		}
		return list
	case tiebreakReflect.Struct:
		return tiebreakEncodeStruct(value, append(append([]uintptr{}, inside...), 0))
	}
	return tiebreakUnconverted("a value of the type "+value.Type().String(), tiebreakFmt.Sprintf("%v", value))
}

func tiebreakSpecial(kind string, content any) map[string]any {
	return map[string]any{"$": kind, "v": content}
}

func tiebreakNumber(text string) any { return tiebreakSpecial("number", text) }

func tiebreakUnconverted(what, text string) any {
	return map[string]any{"$": "unconverted", "v": text, "what": what}
}

func tiebreakText(bytes tiebreakReflect.Value) string {
	text := make([]byte, bytes.Len())
	for index := range text {
		text[index] = byte(bytes.Index(index).Uint())
	}
	return string(text)
}

func tiebreakList(value tiebreakReflect.Value, inside []uintptr) []any {
	list := make([]any, 0, value.Len())
	for index := 0; index < value.Len(); index++ {
		list = append(list, tiebreakEncode(value.Index(index), inside))
	}
	return list
}

// tiebreakEncodeKnown writes errors, values with a JSON form of their own, and named numbers.
func tiebreakEncodeKnown(value tiebreakReflect.Value, inside []uintptr) (any, bool) {
	if value.Kind() == tiebreakReflect.Interface || !value.CanInterface() {
		return nil, false
	}
	itself := value.Interface()
	if err, ok := itself.(error); ok {
		return err.Error(), true
	}
	if number, ok := itself.(tiebreakJson.Number); ok {
		return tiebreakNumber(number.String()), true
	}
	// Methods may need a pointer.
	pointer := tiebreakReflect.New(value.Type())
	pointer.Elem().Set(value)
	subject := pointer.Interface()
	if value.Kind() == tiebreakReflect.Ptr {
		subject = itself
	}
	shown, shows := subject.(tiebreakFmt.Stringer)
	switch name := tiebreakStrings.TrimPrefix(tiebreakFmt.Sprintf("%T", subject), "*"); name {
	case "big.Int":
		return tiebreakNumber(shown.String()), true
	case "big.Rat":
		var above, below float64
		tiebreakFmt.Sscanf(shown.String(), "%g/%g", &above, &below)
		return tiebreakSpecial("either", []any{tiebreakEncode(tiebreakReflect.ValueOf(above/below), inside), shown.String()}), true
	case "big.Float":
		if text, ok := subject.(interface{ Text(byte, int) string }); ok {
			return tiebreakNumber(text.Text('g', -1)), true
		}
	}
	if encoder, ok := subject.(tiebreakJson.Marshaler); ok {
		return tiebreakReread(encoder)
	}
	if encoder, ok := subject.(tiebreakEncoding.TextMarshaler); ok {
		text, err := encoder.MarshalText()
		return string(text), err == nil
	}
	if kind := value.Kind(); shows && kind >= tiebreakReflect.Int && kind <= tiebreakReflect.Uint64 {
		return tiebreakSpecial("either", []any{tiebreakNumber(tiebreakFmt.Sprintf("%d", itself)), shown.String()}), true
	}
	return nil, false
}

// tiebreakReread converts the JSON that a value writes itself, so that it cannot pass for a special value.
func tiebreakReread(encoder tiebreakJson.Marshaler) (any, bool) {
	text, err := encoder.MarshalJSON()
	if err != nil {
		return nil, false
	}
	var read any
	reader := tiebreakJson.NewDecoder(tiebreakBytes.NewReader(text))
	reader.UseNumber()
	if reader.Decode(&read) != nil {
		return nil, false
	}
	return tiebreakEncode(tiebreakReflect.ValueOf(read), nil), true
}

// tiebreakEncodeMap writes a map; one to empty structs is a set.
func tiebreakEncodeMap(value tiebreakReflect.Value, inside []uintptr) any {
	pairs, keys, members := []any{}, []any{}, map[string]any{}
	plain := true
	all := value.MapKeys()
	tiebreakSort.Slice(all, func(one, other int) bool { return tiebreakFmt.Sprint(all[one]) < tiebreakFmt.Sprint(all[other]) })
	for _, key := range all {
		name, ok := tiebreakKey(key)
		_, taken := members[name]
		plain = plain && ok && !taken && name != "$"
		keys = append(keys, tiebreakEncode(key, inside))
		members[name] = tiebreakEncode(value.MapIndex(key), inside)
		pairs = append(pairs, []any{tiebreakEncode(key, inside), members[name]})
	}
	written := any(members)
	if !plain {
		written = tiebreakSpecial("pairs", pairs)
	}
	if element := value.Type().Elem(); element.Kind() == tiebreakReflect.Struct && element.NumField() == 0 {
		return tiebreakSpecial("either", []any{tiebreakSpecial("set", keys), written})
	}
	return written
}

func tiebreakKey(key tiebreakReflect.Value) (string, bool) {
	if key.Kind() == tiebreakReflect.Interface {
		key = key.Elem()
	}
	switch kind := key.Kind(); {
	case kind == tiebreakReflect.String:
		return key.String(), true
	case kind >= tiebreakReflect.Int && kind <= tiebreakReflect.Int64:
		return tiebreakFmt.Sprint(key.Int()), true
	case kind >= tiebreakReflect.Uint && kind <= tiebreakReflect.Uintptr:
		return tiebreakFmt.Sprint(key.Uint()), true
	case kind == tiebreakReflect.Bool || kind == tiebreakReflect.Float32 || kind == tiebreakReflect.Float64:
		return tiebreakFmt.Sprint(key), true
	}
	return tiebreakFmt.Sprint(key), false
}

// tiebreakEncodeStruct writes a struct with the names that encoding/json gives its exported fields. Without
// exported fields it has all fields. A struct that has both equals an object of exactly the exported ones.
func tiebreakEncodeStruct(value tiebreakReflect.Value, inside []uintptr) any {
	kind := value.Type()
	copied := tiebreakReflect.New(kind).Elem()
	copied.Set(value)
	exported, hidden := map[string]any{}, map[string]any{}
	for index := 0; index < kind.NumField(); index++ {
		field := kind.Field(index)
		// Reflection may not read a field that is not exported, but its memory.
		content := tiebreakReflect.NewAt(field.Type, tiebreakUnsafe.Pointer(copied.Field(index).UnsafeAddr())).Elem()
		tag := tiebreakStrings.Split(field.Tag.Get("json"), ",")
		omits := tiebreakStrings.Contains(field.Tag.Get("json"), ",omitempty") && content.IsZero()
		if tag[0] == "-" || omits || field.Name == "_" {
			continue
		}
		written := tiebreakEncode(content, inside)
		members, embedded := written.(map[string]any)
		if field.Anonymous && tag[0] == "" && embedded && field.Type.Kind() == tiebreakReflect.Struct {
			if own, ok := members["v"].(map[string]any); ok && members["$"] == "own" {
				members = own
			}
			for name, member := range members {
				exported[name] = member
			}
			continue
		}
		name := field.Name
		if tag[0] != "" {
			name = tag[0]
		}
		if field.IsExported() {
			exported[name] = written
		} else {
			hidden[name] = written
		}
	}
	if len(exported) == 0 && kind.NumField() > 0 {
		exported, hidden = hidden, nil
	}
	if _, taken := exported["$"]; len(hidden) > 0 || taken {
		return map[string]any{"$": "own", "v": exported, "type": kind.String()}
	}
	return exported
}
