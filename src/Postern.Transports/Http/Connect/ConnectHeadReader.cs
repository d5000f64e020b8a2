using System.Buffers;
using System.Text;

namespace Postern.Transports.Http.Connect;

/// <summary>
/// Reads the head of an HTTP/1 CONNECT request out of the first bytes of a connection. Called again with the whole buffer
/// whenever it has grown; each byte is looked at once and the answer does not depend on how the bytes arrived. One reader per connection.
/// </summary>
internal sealed class ConnectHeadReader
{
    /// <summary>Bytes of a head, at most (the bound Kestrel has for the headers of a request).</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Header lines, at most (Kestrel's default).</summary>
    public const int MaxHeaders = 100;

    private static readonly SearchValues<byte> s_tokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static ReadOnlySpan<byte> Method => "CONNECT "u8;

    private readonly List<ConnectHeader> _headers = [];
    private Range _authority;
    private Range _host;
    private int _port;
    private int _lineStart;
    private int _searched;
    private bool _isOldVersion;

    /// <summary>Set after <see cref="ConnectHeadStatus.Bad"/>.</summary>
    public ConnectFault Fault { get; private set; }

    /// <summary>Set after <see cref="ConnectHeadStatus.Done"/>; its length is what to consume.</summary>
    public ConnectHead? Head { get; private set; }

    /// <summary>Reads as far as the bytes go. Not to be called again after an answer other than <see cref="ConnectHeadStatus.NeedMore"/>.</summary>
    /// <param name="bytes">Everything received so far.</param>
    public ConnectHeadStatus Read(ReadOnlySpan<byte> bytes)
    {
        var common = Math.Min(bytes.Length, Method.Length);
        if (!bytes[..common].SequenceEqual(Method[..common]))
        {
            return ConnectHeadStatus.NotConnect;
        }

        var full = bytes.Length >= MaxBytes;
        var bounded = full ? bytes[..MaxBytes] : bytes;
        while (true)
        {
            var newline = bounded[_searched..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                _searched = bounded.Length;
                return full ? Refuse(ConnectFault.TooLarge) : ConnectHeadStatus.NeedMore;
            }

            var end = _searched + newline;
            var fault = Line(bounded, end, out var last);
            if (fault != ConnectFault.None)
            {
                return Refuse(fault);
            }

            _searched = _lineStart = end + 1;
            if (last)
            {
                return Finish(bounded[.._lineStart]);
            }
        }
    }

    private ConnectHeadStatus Refuse(ConnectFault fault)
    {
        Fault = fault;
        return ConnectHeadStatus.Bad;
    }

    private ConnectFault Line(ReadOnlySpan<byte> bytes, int end, out bool last)
    {
        last = false;
        if (end == _lineStart || bytes[end - 1] != '\r')
        {
            return ConnectFault.BareLineFeed;
        }

        var line = bytes[_lineStart..(end - 1)];
        if (line.Contains((byte)'\r'))
        {
            return ConnectFault.BareCarriageReturn;
        }

        if (_lineStart == 0)
        {
            return RequestLine(line);
        }

        last = line.IsEmpty;
        return last ? ConnectFault.None : Header(line);
    }

    private ConnectFault RequestLine(ReadOnlySpan<byte> line)
    {
        var rest = line[Method.Length..];
        var space = rest.IndexOf((byte)' ');
        if (space < 0)
        {
            return ConnectFault.RequestLine;
        }

        var version = rest[(space + 1)..];
        if (space == 0 || version.Contains((byte)' '))
        {
            return ConnectFault.RequestLine;
        }

        _isOldVersion = version.SequenceEqual("HTTP/1.0"u8);
        if (!_isOldVersion && !version.SequenceEqual("HTTP/1.1"u8))
        {
            return ConnectFault.Version;
        }

        if (!ConnectAuthority.TrySplit(rest[..space], out var host, out _port))
        {
            return ConnectFault.Authority;
        }

        _authority = Method.Length..(Method.Length + space);
        _host = (Method.Length + host.Start.Value)..(Method.Length + host.End.Value);
        return ConnectFault.None;
    }

    private ConnectFault Header(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return ConnectFault.FoldedHeader;
        }

        if (_headers.Count == MaxHeaders)
        {
            return ConnectFault.TooManyHeaders;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return ConnectFault.HeaderName;
        }

        var name = line[..colon];
        if (name.ContainsAnyExcept(s_tokenBytes))
        {
            return name[^1] is (byte)' ' or (byte)'\t' ? ConnectFault.SpaceBeforeColon : ConnectFault.HeaderName;
        }

        var padded = line[(colon + 1)..];
        if (HasControl(padded))
        {
            return ConnectFault.HeaderValue;
        }

        var value = padded.Trim(" \t"u8);
        var valueStart = _lineStart + colon + 1 + (padded.Length - padded.TrimStart(" \t"u8).Length);
        _headers.Add(new ConnectHeader(_lineStart..(_lineStart + colon), valueStart..(valueStart + value.Length)));
        return ConnectFault.None;
    }

    // RFC 9110 §5.5: visible characters, space, tab, and bytes above 127.
    private static bool HasControl(ReadOnlySpan<byte> value)
    {
        foreach (var b in value)
        {
            if ((b < 0x20 && b != '\t') || b == 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    private ConnectHeadStatus Finish(ReadOnlySpan<byte> head)
    {
        var fault = CrossCheck(head);
        if (fault != ConnectFault.None)
        {
            return Refuse(fault);
        }

        Head = new ConnectHead(head.ToArray(), _authority, _host, _port, _headers);
        return ConnectHeadStatus.Done;
    }

    private ConnectFault CrossCheck(ReadOnlySpan<byte> head)
    {
        var hosts = 0;
        foreach (var header in _headers)
        {
            var name = head[header.Name];
            if (Ascii.EqualsIgnoreCase(name, "content-length"u8) || Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
            {
                return ConnectFault.Body;
            }

            if (!Ascii.EqualsIgnoreCase(name, "host"u8))
            {
                continue;
            }

            if (++hosts > 1)
            {
                return ConnectFault.HostRepeated;
            }

            if (!NamesTarget(head[header.Value], head[_authority]))
            {
                return ConnectFault.HostMismatch;
            }
        }

        // Old Python clients send HTTP/1.0 without Host; RFC 9112 §3.2 demands one from HTTP/1.1 only.
        return hosts == 0 && !_isOldVersion ? ConnectFault.HostMissing : ConnectFault.None;
    }

    // Java leaves the port out; nobody changes it.
    private static bool NamesTarget(ReadOnlySpan<byte> host, ReadOnlySpan<byte> authority) =>
        Ascii.EqualsIgnoreCase(host, authority)
        || Ascii.EqualsIgnoreCase(host, authority[..authority.LastIndexOf((byte)':')]);
}
