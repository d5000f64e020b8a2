namespace Postern.Engine.Views;

/// <summary>
/// The text of a page. Text outside tags is visible unless an element hides it; comments, hidden elements and
/// attribute values are the other piece. Scripts and style sheets are in neither: they stand verbatim in the raw view.
/// Whatever is taken for the wrong thing is in one of the two pieces all the same.
/// </summary>
internal static class HtmlDecoder
{
    public static void Decode(ReadOnlySpan<byte> input, HtmlPiece piece, Level output)
    {
        var walk = new Walk(input, piece, output);
        walk.Read();
    }

    private ref struct Walk(ReadOnlySpan<byte> input, HtmlPiece piece, Level output)
    {
        private readonly ReadOnlySpan<byte> _input = input;
        private MarkupReader _reader = new(input);
        private HiddenElement _hider;

        private readonly bool WantsHidden => piece == HtmlPiece.Hidden;

        public void Read()
        {
            while (_reader.Read())
            {
                switch (_reader.Kind)
                {
                    case MarkupKind.Text:
                        Text(_reader.Token.Start, _reader.Token.End, _hider.IsOpen);
                        break;
                    case MarkupKind.Start:
                        StartTag();
                        break;
                    case MarkupKind.End:
                        EndTag();
                        break;
                    case MarkupKind.Comment:
                        Value(_reader.Inner.Start, _reader.Inner.End);
                        break;
                    default:
                        break;
                }
            }
        }

        private void EndTag()
        {
            Value(_reader.Inner.Start, _reader.Inner.End);
            _hider.Close(_reader.Name);
            Break(_reader.Name);
        }

        private void StartTag()
        {
            if (WantsHidden && _reader.Inner.Length > 1)
            {
                Attributes(_reader.Inner.Start, _reader.Inner.End);
            }

            Break(_reader.Name);
            _hider.Open(_reader.Name, HtmlTags.IsTemplate(_reader.Name) || HtmlTags.Hides(_reader.Attributes));
        }

        // Not the attribute reader's idea of values: whatever follows an equals sign is shown, however it is quoted.
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
