using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// A fast tag stripper. Text outside tags is visible unless an element hides it; comments, hidden elements and
/// attribute values are the other piece. Scripts and style sheets are in neither: they stand verbatim in the raw view.
/// Whatever the stripper takes for the wrong thing is in one of the two pieces all the same.
/// </summary>
internal static class HtmlDecoder
{
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n\f/>"u8);

    public static void Decode(ReadOnlySpan<byte> input, HtmlPiece piece, Level output)
    {
        var walk = new Walk(input, piece, output);
        walk.Read();
    }

    private ref struct Walk(ReadOnlySpan<byte> input, HtmlPiece piece, Level output)
    {
        private readonly ReadOnlySpan<byte> _input = input;
        private ReadOnlySpan<byte> _hider;
        private int _hiderDepth;
        private int _at;

        private readonly bool WantsHidden => piece == HtmlPiece.Hidden;

        public void Read()
        {
            while (_at < _input.Length)
            {
                var length = _input[_at..].IndexOf((byte)'<');
                var end = length < 0 ? _input.Length : _at + length;
                Text(_at, end, _hiderDepth > 0);
                _at = end;
                if (_at < _input.Length)
                {
                    Markup();
                }
            }
        }

        private void Markup()
        {
            var next = _at + 1 < _input.Length ? _input[_at + 1] : (byte)0;
            if (Ascii.IsLetter(next))
            {
                StartTag();
            }
            else if (next == '/' && _at + 2 < _input.Length && Ascii.IsLetter(_input[_at + 2]))
            {
                EndTag();
            }
            else if (next is (byte)'!' or (byte)'?' or (byte)'/')
            {
                Comment();
            }
            else
            {
                Text(_at, _at + 1, _hiderDepth > 0);
                _at++;
            }
        }

        private void Comment()
        {
            var isComment = _input[_at..].StartsWith("<!--"u8);
            var start = Math.Min(_input.Length, _at + (isComment ? 4 : 2));
            var length = isComment ? _input[start..].IndexOf("-->"u8) : _input[start..].IndexOf((byte)'>');
            var end = length < 0 ? _input.Length : start + length;
            Value(start, end);
            _at = Math.Min(_input.Length, end + (isComment ? 3 : 1));
        }

        private void EndTag()
        {
            var start = _at + 2;
            var name = Name(start);
            var length = _input[start..].IndexOf((byte)'>');
            var end = length < 0 ? _input.Length : start + length;
            if (name.Length < end - start)
            {
                Value(start + name.Length, end);
            }

            if (_hiderDepth > 0 && IsHider(name))
            {
                _hiderDepth--;
            }

            Break(name);
            _at = Math.Min(_input.Length, end + 1);
        }

        private void StartTag()
        {
            var name = Name(_at + 1);
            var start = _at + 1 + name.Length;
            var end = TagEnd(start);
            var attributes = _input[start..end];
            if (WantsHidden && attributes.Length > 1)
            {
                Attributes(start, end);
            }

            Break(name);
            _at = Math.Min(_input.Length, end + 1);
            if (HtmlTags.IsRaw(name))
            {
                SkipRaw(name);
            }
            else if (_hiderDepth > 0)
            {
                _hiderDepth += IsHider(name) ? 1 : 0;
            }
            else if ((HtmlTags.IsTemplate(name) || HtmlTags.Hides(attributes)) && !HtmlTags.IsVoid(name))
            {
                _hider = name;
                _hiderDepth = 1;
            }
        }

        private readonly ReadOnlySpan<byte> Name(int start)
        {
            var length = _input[start..].IndexOfAny(s_nameEnds);
            return length < 0 ? _input[start..] : _input.Slice(start, length);
        }

        private readonly bool IsHider(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(name, _hider);

        // A closing bracket inside a quoted value does not end the tag; a quote elsewhere does not begin a value.
        private readonly int TagEnd(int at)
        {
            while (at < _input.Length)
            {
                var offset = _input[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
                if (offset < 0)
                {
                    return _input.Length;
                }

                at += offset;
                if (_input[at] == '>')
                {
                    return at;
                }

                var close = FollowsEquals(at) ? _input[(at + 1)..].IndexOf(_input[at]) : 0;
                if (close < 0)
                {
                    return _input.Length;
                }

                at += FollowsEquals(at) ? close + 2 : 1;
            }

            return _input.Length;
        }

        private readonly bool FollowsEquals(int at)
        {
            at--;
            while (at > 0 && Ascii.IsSpace(_input[at]))
            {
                at--;
            }

            return at >= 0 && _input[at] == '=';
        }

        private readonly void Attributes(int at, int end)
        {
            while (at < end)
            {
                var equals = _input[at..end].IndexOf((byte)'=');
                if (equals < 0)
                {
                    return;
                }

                at += equals + 1;
                while (at < end && Ascii.IsSpace(_input[at]))
                {
                    at++;
                }

                var quoted = at < end && _input[at] is (byte)'"' or (byte)'\'';
                var start = quoted ? at + 1 : at;
                var length = quoted ? _input[start..end].IndexOf(_input[at]) : _input[start..end].IndexOfAny((byte)' ', (byte)'\n', (byte)'\t');
                var stop = length < 0 ? end : start + length;
                Value(start, stop);
                at = stop + 1;
            }
        }

        private void SkipRaw(ReadOnlySpan<byte> name)
        {
            while (_input[_at..].IndexOf("</"u8) is >= 0 and var offset)
            {
                _at += offset;
                if (_input.Length - _at - 2 >= name.Length && Ascii.EqualsIgnoreCase(_input.Slice(_at + 2, name.Length), name))
                {
                    return;
                }

                _at += 2;
            }

            _at = _input.Length;
        }

        private readonly void Break(ReadOnlySpan<byte> name)
        {
            if (!HtmlTags.IsInline(name))
            {
                output.Separate();
            }
        }

        // A comment or an attribute value: hidden, and a line of its own.
        private readonly void Value(int start, int end)
        {
            if (WantsHidden && end > start)
            {
                output.Separate();
                Text(start, end, hidden: true);
                output.Separate();
            }
        }

        private readonly void Text(int start, int end, bool hidden)
        {
            if (hidden != WantsHidden)
            {
                return;
            }

            Span<byte> text = stackalloc byte[Utf8Writer.MaxLength];
            var input = _input[..end];
            while (start < end)
            {
                var length = input[start..].IndexOf((byte)'&');
                if (length < 0)
                {
                    output.Copy(input[start..], start);
                    return;
                }

                output.Copy(input.Slice(start, length), start);
                start += length;
                var next = EntityDecoder.Read(input, start, out var code);
                if (next == start)
                {
                    output.Copy(input.Slice(start, 1), start);
                    start++;
                    continue;
                }

                output.Put(text[..Utf8Writer.Write(code, text)], start, next - start);
                start = next;
            }
        }
    }
}
