using Postern.Transports.Http.Connect;

namespace Postern.Transports.Icap;

/// <summary>
/// Reads the head of an ICAP request and the heads in it. Called again with the whole buffer whenever it has grown. What breaks the frame is nobody's
/// message and leaves no record: whoever connects can send any amount of it. One reader per request.
/// </summary>
/// <param name="maxHeadBytes">The longest ICAP head, and the longest of each head in it.</param>
/// <param name="maxFields">Header fields of each head.</param>
internal sealed class IcapReader(int maxHeadBytes, int maxFields) : IOpeningReader
{
    private IcapRequest? _framed;
    private int _searched;
    private int _headBytes;

    /// <summary>The request, once it was read.</summary>
    public IcapRequest? Request { get; private set; }

    /// <summary>What is wrong; none so far.</summary>
    public IcapFault Fault { get; private set; }

    /// <inheritdoc/>
    public bool IsSound => Fault == IcapFault.None;

    /// <summary>Bytes that were read: where the body begins.</summary>
    public int Length => _headBytes + _framed!.Sections.BodyAt;

    /// <summary>Reads; false when more is needed. Not to be called again after a request or a fault.</summary>
    /// <param name="bytes">Everything since the end of the request before.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes)
    {
        if (_framed is null && !TryFrame(bytes))
        {
            return Fault != IcapFault.None;
        }

        if (bytes.Length < Length)
        {
            return false;
        }

        var sections = _framed!.Sections;
        var heads = bytes.Slice(_headBytes, sections.BodyAt);
        var asked = _framed.Method == IcapMethod.Options ? null : HeadText.TryParse(sections.ResponseAt < 0 ? heads : heads[..sections.ResponseAt], maxFields);
        var answered = sections.ResponseAt < 0 ? null : HeadText.TryParse(heads[sections.ResponseAt..], maxFields);
        if ((asked is null && _framed.Method != IcapMethod.Options) || (answered is null && sections.ResponseAt >= 0) || !IsHttp(asked?.Third) || !IsHttp(answered?.First))
        {
            return Fail(IcapFault.BadRequest);
        }

        Request = _framed with { Asked = asked, Answered = answered };
        return true;
    }

    private bool TryFrame(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[_searched..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _searched = Math.Max(0, bytes.Length - 3);
            return bytes.Length > maxHeadBytes && !Fail(IcapFault.TooLong);
        }

        _headBytes = _searched + end + 4;
        if (_headBytes > maxHeadBytes)
        {
            return !Fail(IcapFault.TooLong);
        }

        var fault = HeadText.TryParse(bytes[.._headBytes], maxFields) is { } head ? IcapRequest.Read(head, out _framed) : IcapFault.BadRequest;
        if (fault == IcapFault.None && _framed!.Sections.BodyAt > 2 * maxHeadBytes)
        {
            fault = IcapFault.TooLong;
        }

        return fault == IcapFault.None || !Fail(fault);
    }

    private bool Fail(IcapFault fault)
    {
        Fault = fault;
        return true;
    }

    private static bool IsHttp(string? version) => version is null or "HTTP/1.1" or "HTTP/1.0";
}
