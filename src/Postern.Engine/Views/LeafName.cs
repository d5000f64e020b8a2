using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>Names the leaf of a container that a source offset lies in.</summary>
internal static class LeafName
{
    private const int MaxName = 40;

    public static string At(scoped in ViewSource source, int offset)
    {
        offset = Math.Clamp(offset, 0, source.Bytes.Length);
        return source.Content switch
        {
            // A window begins anywhere: what it seems to begin with is no path, and its sender could choose it to be one.
            _ when !source.Whole => "",
            _ when source.Part == PartKind.Url => InUrl(source.Bytes, offset),
            ContentKind.Json => JsonPath.At(source.Bytes, offset),
            ContentKind.Form => InForm(source.Bytes, offset, "field"),
            ContentKind.Multipart => InMultipart(source, offset),
            _ => "",
        };
    }

    /// <summary>A name as people may see it: short and printable.</summary>
    public static string Readable(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxName)
        {
            return "…";
        }

        var text = new StringBuilder(name.Length);
        foreach (var c in Encoding.UTF8.GetString(name))
        {
            text.Append(char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$' or ' ' or '@' ? c : '?');
        }

        return text.ToString();
    }

    private static string InUrl(ReadOnlySpan<byte> url, int offset)
    {
        var hash = url.IndexOf((byte)'#');
        var query = url.IndexOf((byte)'?');
        if (hash >= 0 && offset > hash)
        {
            return "fragment";
        }

        if (query >= 0 && offset > query && (hash < 0 || query < hash))
        {
            return InForm(url, offset, "query");
        }

        var scheme = url.IndexOf("://"u8);
        var authority = scheme < 0 ? 0 : scheme + 3;
        var path = url[authority..].IndexOf((byte)'/');
        return path >= 0 && offset >= authority + path ? "path" : "host";
    }

    private static string InForm(ReadOnlySpan<byte> form, int offset, string kind)
    {
        var start = form[..offset].LastIndexOfAny((byte)'&', (byte)'?') + 1;
        var length = form[start..].IndexOfAny((byte)'=', (byte)'&', (byte)'#');
        var equals = length < 0 ? form.Length : start + length;
        return equals < form.Length && form[equals] == '=' && offset > equals
            ? $"{kind} \"{Readable(form[start..equals])}\""
            : $"{kind} name";
    }

    private static string InMultipart(scoped in ViewSource source, int offset)
    {
        var input = source.Bytes;
        var start = -1;
        var at = 0;
        while (!source.Boundary.IsEmpty && MultipartDecoder.FindDelimiter(input, source.Boundary, at) is { Length: > 0 } delimiter
            && delimiter.End <= offset)
        {
            start = MultipartDecoder.LineEnd(input, delimiter.End);
            at = delimiter.End;
        }

        if (start < 0)
        {
            return "";
        }

        var headers = MultipartDecoder.Headers(input, new ByteRange(Math.Min(start, input.Length), input.Length));
        return Math.Max(start, headers.Start) <= offset && offset < headers.End
            ? "part header"
            : $"part \"{Readable(Name(input[headers.Start..headers.End]))}\"";
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> headers)
    {
        for (var at = 0; at < headers.Length; at++)
        {
            if (Ascii.StartsWith(headers, at, "name=\""u8) && at > 0 && !Ascii.IsLetter(headers[at - 1]))
            {
                var value = headers[(at + 6)..];
                var end = value.IndexOf((byte)'"');
                return end < 0 ? value : value[..end];
            }
        }

        return [];
    }
}
