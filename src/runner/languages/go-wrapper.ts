import { argumentsFile } from './scripting.ts';

/**
 * A test file whose `TestMain` calls one function of the package with the arguments of `argumentsFile` and sends its
 * value on descriptor 3. As a test it lies in the answer's own package and leaves its `main` alone. Reflection converts.
 */
export function callProgram(packageName: string, target: string): string {
  return String.raw`package ${packageName}

import (
	tiebreakBytes "bytes"
	tiebreakJson "encoding/json"
	tiebreakFmt "fmt"
	tiebreakMath "math"
	tiebreakOs "os"
	tiebreakReflect "reflect"
	tiebreakDebug "runtime/debug"
	tiebreakStrings "strings"
	tiebreakTesting "testing"
)

func TestMain(_ *tiebreakTesting.M) {
	channel := tiebreakOs.NewFile(3, "channel")
	leave := func(code int, frame map[string]any) {
		text, _ := tiebreakJson.Marshal(frame)
		channel.Write(append(text, '\n'))
		tiebreakOs.Exit(code)
	}
	var given []tiebreakJson.RawMessage
	text, _ := tiebreakOs.ReadFile(${JSON.stringify(argumentsFile)})
	tiebreakOs.Remove(${JSON.stringify(argumentsFile)})
	if err := tiebreakJson.Unmarshal(text, &given); err != nil {
		leave(1, map[string]any{"stage": "unsupported", "message": err.Error()})
	}
	target := tiebreakReflect.ValueOf(${target})
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
		value = tiebreakEncode(results[0], 0)
	} else if len(results) > 1 {
		list := []any{}
		for _, result := range results {
			list = append(list, tiebreakEncode(result, 0))
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
	return tiebreakJson.Unmarshal(text, place.Interface()) == nil
}

func tiebreakEncode(value tiebreakReflect.Value, depth int) any {
	special := func(kind string, content any) any { return map[string]any{"$": kind, "v": content} }
	if depth > 200 {
		return special("text", "…")
	}
	switch value.Kind() {
	case tiebreakReflect.Invalid:
		return nil
	case tiebreakReflect.Bool:
		return value.Bool()
	case tiebreakReflect.String:
		return value.String()
	case tiebreakReflect.Int, tiebreakReflect.Int8, tiebreakReflect.Int16, tiebreakReflect.Int32, tiebreakReflect.Int64:
		return special("number", tiebreakFmt.Sprint(value.Int()))
	case tiebreakReflect.Uint, tiebreakReflect.Uint8, tiebreakReflect.Uint16, tiebreakReflect.Uint32, tiebreakReflect.Uint64, tiebreakReflect.Uintptr:
		return special("number", tiebreakFmt.Sprint(value.Uint()))
	case tiebreakReflect.Float32, tiebreakReflect.Float64:
		if number := value.Float(); tiebreakMath.IsNaN(number) || tiebreakMath.IsInf(number, 0) {
			return special("number", tiebreakStrings.Replace(tiebreakStrings.TrimPrefix(tiebreakFmt.Sprint(number), "+"), "Inf", "Infinity", 1))
		}
		return value.Float()
	case tiebreakReflect.Interface, tiebreakReflect.Ptr:
		if value.IsNil() {
			return nil
		}
		if err, ok := value.Interface().(error); ok {
			return err.Error()
		}
		return tiebreakEncode(value.Elem(), depth+1)
	case tiebreakReflect.Slice, tiebreakReflect.Array:
		if value.Kind() == tiebreakReflect.Slice && value.IsNil() {
			return map[string]any{"$": "nothing"}
		}
		list := make([]any, 0, value.Len())
		for index := 0; index < value.Len(); index++ {
			list = append(list, tiebreakEncode(value.Index(index), depth+1))
		}
		return list
	case tiebreakReflect.Map:
		if value.IsNil() {
			return map[string]any{"$": "nothing"}
		}
		pairs, members := []any{}, map[string]any{}
		for _, key := range value.MapKeys() {
			pairs = append(pairs, []any{tiebreakEncode(key, depth+1), tiebreakEncode(value.MapIndex(key), depth+1)})
			members[tiebreakFmt.Sprint(key.Interface())] = tiebreakEncode(value.MapIndex(key), depth+1)
		}
		_, taken := members["$"]
		if kind := value.Type().Key().Kind(); taken || kind == tiebreakReflect.Struct || kind == tiebreakReflect.Array {
			return special("pairs", pairs)
		}
		return members
	case tiebreakReflect.Struct:
		if text, err := tiebreakJson.Marshal(value.Interface()); err == nil && value.CanInterface() {
			return tiebreakJson.RawMessage(text)
		}
	}
	return special("text", tiebreakFmt.Sprintf("%v", value))
}
`;
}
