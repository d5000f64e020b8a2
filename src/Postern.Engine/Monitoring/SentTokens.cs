using System.Buffers;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Monitoring;

/// <summary>
/// Walks the tokens that a message sends in its query and its body, whatever the format: runs of the characters that secrets, and their encodings, are made of.
/// A token before a colon or an equals sign is a name.
/// </summary>
internal ref struct SentTokens
{
    /// <summary>Bytes of a body that are read.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MaxGap = 3;

    private static readonly SearchValues<byte> s_token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-.~%"u8);

    private readonly ReadOnlySpan<byte> _query;
    private readonly ReadOnlySpan<byte> _body;
    private ReadOnlySpan<byte> _text;
    private int _at;
    private bool _isBody;

    /// <summary>The tokens of a message, the query's first.</summary>
    public SentTokens(Message message)
    {
        _query = message.TryFind(PartKind.Url, out var url) ? QueryOf(message.Bytes.Slice(url.Start, url.Length)) : default;
        _body = message.TryFind(PartKind.Body, out var body) ? NewOf(message, message.Bytes.Slice(body.Start, body.Length)) : default;
        _text = _query;
    }

    /// <summary>The token.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True when it names what follows.</summary>
    public bool IsName { get; private set; }

    /// <summary>Goes on to the next one.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            var offset = _text[_at..].IndexOfAny(s_token);
            if (offset >= 0)
            {
                Take(_at + offset);
                return true;
            }

            if (_isBody)
            {
                return false;
            }

            _text = _body;
            _at = 0;
            _isBody = true;
        }
    }

    private void Take(int start)
    {
        var length = _text[start..].IndexOfAnyExcept(s_token);
        var end = length < 0 ? _text.Length : start + length;

        // The padding of base64 belongs to its token, unless a value follows: then it is an assignment.
        var next = end;
        while (next < _text.Length && _text[next] == '=')
        {
            next++;
        }

        var isPadding = next > end && next - end <= 2 && (next == _text.Length || !s_token.Contains(_text[next])) && (end - start) % 4 != 0;
        end = isPadding ? next : end;
        Current = _text[start..end];
        _at = end;
        IsName = !isPadding && IsFollowedByValue(end);
    }

    private readonly bool IsFollowedByValue(int at)
    {
        var limit = Math.Min(_text.Length, at + MaxGap);
        while (at < limit && _text[at] is (byte)'"' or (byte)'\'' or (byte)' ' or (byte)']')
        {
            at++;
        }

        return at < _text.Length && _text[at] is (byte)'=' or (byte)':';
    }

    private static ReadOnlySpan<byte> QueryOf(ReadOnlySpan<byte> url)
    {
        var mark = url.IndexOf((byte)'?');
        return mark < 0 ? default : url[(mark + 1)..];
    }

    /// <summary>What an earlier piece showed already is not sent again.</summary>
    private static ReadOnlySpan<byte> NewOf(Message message, ReadOnlySpan<byte> body)
    {
        var start = Math.Min(body.Length, message.FactsRef.Lead);
        return body.Slice(start, Math.Min(body.Length - start, MaxBodyBytes));
    }
}
