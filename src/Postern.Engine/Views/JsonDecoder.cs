using System.Buffers;
using System.Text.Unicode;

namespace Postern.Engine.Views;

/// <summary>
/// A strict reader of one JSON text (RFC 8259): keys, strings and numbers in document order, unescaped, one per line.
/// Anything a lenient reader might take differently is a shortfall: malformed text, keys that are equal once unescaped,
/// nesting beyond the bound, bytes that are not UTF-8.
/// </summary>
internal sealed class JsonDecoder(int maxDepth)
{
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(b => (byte)b)]);

    private readonly KeySet _keys = new();
    private readonly int[] _objects = new int[maxDepth];

    private enum Expect
    {
        Value,
        ValueOrEnd,
        KeyOrEnd,
        Key,
        CommaOrEnd,
        Nothing,
    }

    /// <summary>Reads the text into the view; <paramref name="fault"/> is the offset at which reading failed.</summary>
    public Shortfall Decode(ReadOnlySpan<byte> input, Level output, out int fault)
    {
        fault = 0;
        if (!Utf8.IsValid(input))
        {
            return Shortfall.InvalidUtf8;
        }

        _keys.Begin();
        var walk = new Walk(input, output, _keys, _objects);
        var result = walk.Read();
        fault = walk.At;
        return result;
    }

    private ref struct Walk(ReadOnlySpan<byte> input, Level output, KeySet keys, int[] objects)
    {
        // The stack holds the id of each open object, 0 for an array.
        private readonly ReadOnlySpan<byte> _input = input;
        private readonly int[] _open = objects;
        private int _depth;
        private int _objectCount;

        public int At { get; private set; } = input.StartsWith("\uFEFF"u8) ? 3 : 0;

        public Shortfall Read()
        {
            var expect = Expect.Value;
            while (true)
            {
                SkipSpace();
                if (At >= _input.Length)
                {
                    return expect == Expect.Nothing ? Shortfall.None : Shortfall.MalformedJson;
                }

                var result = expect switch
                {
                    Expect.Value => ReadValue(ref expect),
                    Expect.ValueOrEnd when _input[At] == ']' => Close(ref expect),
                    Expect.ValueOrEnd => ReadValue(ref expect),
                    Expect.KeyOrEnd when _input[At] == '}' => Close(ref expect),
                    Expect.KeyOrEnd or Expect.Key => ReadKey(ref expect),
                    Expect.CommaOrEnd => ReadComma(ref expect),
                    _ => Shortfall.MalformedJson,
                };
                if (result != Shortfall.None)
                {
                    return result;
                }
            }
        }

        private void SkipSpace()
        {
            while (At < _input.Length && _input[At] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                At++;
            }
        }

        private Shortfall ReadValue(ref Expect expect)
        {
            var first = _input[At];
            if (first is (byte)'{' or (byte)'[')
            {
                return Open(first == '{', ref expect);
            }

            var start = output.Length;
            var isString = first == '"';
            var valid = first switch
            {
                (byte)'"' => ReadString(),
                (byte)'t' => ReadWord("true"u8),
                (byte)'f' => ReadWord("false"u8),
                (byte)'n' => ReadWord("null"u8),
                _ => ReadNumber(),
            };
            if (!valid)
            {
                return Shortfall.MalformedJson;
            }

            if (isString)
            {
                Pieces.Add(output, start);
            }

            output.Separate();
            expect = _depth == 0 ? Expect.Nothing : Expect.CommaOrEnd;
            return Shortfall.None;
        }

        private Shortfall Open(bool isObject, ref Expect expect)
        {
            if (_depth == _open.Length)
            {
                return Shortfall.TooDeep;
            }

            _open[_depth++] = isObject ? ++_objectCount : 0;
            expect = isObject ? Expect.KeyOrEnd : Expect.ValueOrEnd;
            At++;
            return Shortfall.None;
        }

        private Shortfall Close(ref Expect expect)
        {
            _depth--;
            expect = _depth == 0 ? Expect.Nothing : Expect.CommaOrEnd;
            At++;
            return Shortfall.None;
        }

        private Shortfall ReadComma(ref Expect expect)
        {
            var isObject = _open[_depth - 1] != 0;
            if (_input[At] == (isObject ? '}' : ']'))
            {
                return Close(ref expect);
            }

            if (_input[At] != ',')
            {
                return Shortfall.MalformedJson;
            }

            At++;
            expect = isObject ? Expect.Key : Expect.Value;
            return Shortfall.None;
        }

        private Shortfall ReadKey(ref Expect expect)
        {
            var keyAt = At;
            var start = output.Length;
            if (_input[At] != '"' || !ReadString())
            {
                return Shortfall.MalformedJson;
            }

            // Without room for the keys they cannot be compared; the walk reports that the budget is used up.
            if (!output.Overflowed && !keys.Add(_open[_depth - 1], new ByteRange(start, output.Length), output.Bytes))
            {
                At = keyAt;
                return Shortfall.DuplicateKey;
            }

            Pieces.AddName(output, start);
            output.Separate();
            SkipSpace();
            if (At >= _input.Length || _input[At] != ':')
            {
                return Shortfall.MalformedJson;
            }

            At++;
            expect = Expect.Value;
            return Shortfall.None;
        }

        private bool ReadString()
        {
            At++;
            while (true)
            {
                var length = _input[At..].IndexOfAny(StringEnds);
                if (length < 0)
                {
                    At = _input.Length;
                    return false;
                }

                output.Copy(_input.Slice(At, length), At);
                At += length;
                if (_input[At] == '"')
                {
                    At++;
                    return true;
                }

                if (_input[At] != '\\' || !ReadEscape())
                {
                    return false;
                }
            }
        }

        private bool ReadEscape()
        {
            Span<byte> text = stackalloc byte[Utf8Writer.MaxLength];
            var letter = At + 1 < _input.Length ? _input[At + 1] : (byte)0;
            if (letter == '\\')
            {
                output.Put(letter, At, 2);
                At += 2;
                return true;
            }

            var isWide = letter == 'u' && Ascii.Hex(_input, At + 2, 4) >= 0;
            if (!isWide && !"\"/bfnrt"u8.Contains(letter))
            {
                return false;
            }

            var end = EscapeDecoder.Read(_input, At + 1, text, out var length);
            output.Put(text[..length], At, end - At);
            At = end;
            return true;
        }

        private bool ReadWord(ReadOnlySpan<byte> word)
        {
            if (!_input[At..].StartsWith(word))
            {
                return false;
            }

            At += word.Length;
            return true;
        }

        private bool ReadNumber()
        {
            var start = At;
            Skip((byte)'-');
            var valid = Skip((byte)'0') || SkipDigits();
            if (valid && Skip((byte)'.'))
            {
                valid = SkipDigits();
            }

            if (valid && At < _input.Length && (_input[At] | 0x20) == 'e')
            {
                At++;
                _ = Skip((byte)'+') || Skip((byte)'-');
                valid = SkipDigits();
            }

            output.Copy(_input[start..At], start);
            return valid;
        }

        private bool Skip(byte b)
        {
            if (At >= _input.Length || _input[At] != b)
            {
                return false;
            }

            At++;
            return true;
        }

        private bool SkipDigits()
        {
            var start = At;
            while (At < _input.Length && Ascii.IsDigit(_input[At]))
            {
                At++;
            }

            return At > start;
        }
    }
}
