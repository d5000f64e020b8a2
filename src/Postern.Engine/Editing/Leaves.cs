using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>
/// The leaf of a part that an edit must stay in: a JSON string, a form field, a part of a multipart body, a header's value, all of a
/// plain text. What reaches over its leaf would take the structure with it, and is not edited.
/// </summary>
internal sealed class Leaves
{
    /// <summary>Deeper than any policy reads; what is deeper than the policy allows was refused before.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    private readonly Message _message;
    private readonly Part _part;

    /// <summary>The strings in order, when the part is JSON.</summary>
    private readonly List<ByteRange>? _strings;

    public Leaves(Message message, in Part part)
    {
        _message = message;
        _part = part;
        _strings = part.Kind == PartKind.Body ? Strings(message.Of(part)) : null;
    }

    /// <summary>Where the part begins in the message.</summary>
    public int Start => _part.Start;

    private bool IsBody => _part.Kind == PartKind.Body;

    /// <summary>True when an edit stands where text is percent-encoded: in a body of form fields, in a URL.</summary>
    public bool IsForm => _part.Kind == PartKind.Url || (IsBody && _message.FactsRef.Content == ContentKind.Form);

    /// <summary>True when an edit stands in HTML.</summary>
    public bool IsHtml => IsBody && _message.FactsRef.Content == ContentKind.Html;

    /// <summary>True when an edit stands in a JSON string.</summary>
    public bool IsJson => _strings is not null;

    /// <summary>The leaf around a range of the message; false when it lies in none, or in more than one.</summary>
    public bool TryFind(ByteRange range, out ByteRange leaf)
    {
        var content = IsBody ? _message.FactsRef.Content : ContentKind.Text;
        var inner = new ByteRange(range.Start - _part.Start, range.End - _part.Start);
        var found = _strings is not null ? StringAround(inner.Start)
            : content == ContentKind.Form ? FieldAround(inner)
            : content == ContentKind.Multipart ? SectionAround(inner)
            : new ByteRange(0, _part.Length);
        leaf = new ByteRange(found.Start + _part.Start, found.End + _part.Start);
        return found.Start <= inner.Start && inner.End <= found.End;
    }

    /// <summary>
    /// The range without the halves of escapes at its ends: a value seen in the bytes may begin in the middle of one, and what is left of
    /// an escape is no JSON.
    /// </summary>
    public ByteRange Align(ByteRange range, ByteRange leaf)
    {
        if (!IsJson)
        {
            return range;
        }

        var bytes = _message.Bytes;
        var (start, end) = (range.Start, range.End);
        for (var at = leaf.Start; at < leaf.End;)
        {
            var offset = bytes[at..leaf.End].IndexOf((byte)'\\');
            if (offset < 0 || at + offset >= range.End)
            {
                break;
            }

            at += offset;
            var next = Math.Min(leaf.End, at + (bytes[at + 1] == 'u' ? 6 : 2));
            start = at < start && start < next ? next : start;
            end = at < end && end < next ? next : end;
            at = next;
        }

        return new ByteRange(Math.Min(start, end), end);
    }

    private ByteRange StringAround(int offset)
    {
        var (low, high) = (0, _strings!.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _strings[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }

        return low < _strings.Count ? _strings[low] : default;
    }

    /// <summary>A name or a value of a field; both ends of a value that holds another equals sign are its own.</summary>
    private ByteRange FieldAround(ByteRange range)
    {
        var form = _message.Of(_part);
        var start = form[..range.Start].LastIndexOf((byte)'&') + 1;
        var length = form[start..].IndexOf((byte)'&');
        var end = length < 0 ? form.Length : start + length;
        var equals = form[start..end].IndexOf((byte)'=');
        return equals < 0 ? new ByteRange(start, end)
            : start + equals < range.Start ? new ByteRange(start + equals + 1, end)
            : new ByteRange(start, start + equals);
    }

    /// <summary>The headers of a section, a line at a time, or its body.</summary>
    private ByteRange SectionAround(ByteRange range)
    {
        var input = _message.Of(_part);
        var boundary = _message.FactsRef.Boundary.Span;
        var start = 0;
        var end = input.Length;
        for (var at = 0; MultipartDecoder.FindDelimiter(input, boundary, at) is { Length: > 0 } delimiter; at = delimiter.End)
        {
            if (delimiter.Start >= range.Start)
            {
                end = delimiter.Start;
                break;
            }

            start = MultipartDecoder.LineEnd(input, delimiter.End);
        }

        if (start >= end)
        {
            return default;
        }

        var headers = MultipartDecoder.Headers(input, new ByteRange(start, end));
        if (range.Start >= headers.End)
        {
            // Whoever undoes a transfer encoding would read garbage in place of a text that is not under it.
            if (Encoding.Latin1.GetString(input[headers.Start..headers.End]).Contains("base64", StringComparison.OrdinalIgnoreCase))
            {
                return default;
            }

            // The blank line between them belongs to neither.
            var body = headers.End + (input[headers.End..end].StartsWith("\r\n\r\n"u8) ? 4 : 2);
            return new ByteRange(Math.Min(body, end), end);
        }

        var line = Math.Max(headers.Start, input[..range.Start].LastIndexOf((byte)'\n') + 1);
        var length = input[range.Start..headers.End].IndexOfAny((byte)'\r', (byte)'\n');
        return new ByteRange(line, length < 0 ? headers.End : range.Start + length);
    }

    /// <summary>The inside of every string, names included; null for what is no JSON, whatever it is called.</summary>
    private static List<ByteRange>? Strings(ReadOnlySpan<byte> text)
    {
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[' or (byte)'"', ..])
        {
            return null;
        }

        var strings = new List<ByteRange>();
        var reader = new Utf8JsonReader(text, s_anyDepth);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    var start = (int)reader.TokenStartIndex + 1;
                    strings.Add(new ByteRange(start, start + reader.ValueSpan.Length));
                }
            }

            return strings;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
