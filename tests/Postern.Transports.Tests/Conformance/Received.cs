using System.Text;

namespace Postern.Transports.Tests.Conformance;

/// <summary>One request as the upstream saw it.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    private readonly List<byte> _body = [];

    public bool Completed { get; set; }

    public string Body
    {
        get
        {
            lock (_body)
            {
                return Encoding.UTF8.GetString([.. _body]);
            }
        }
    }

    public string Everything => Method + " " + Target + "\n" + string.Join('\n', Headers.Select(h => h.Key + ": " + h.Value)) + "\n\n" + Body;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_body)
        {
            _body.AddRange(bytes);
        }
    }
}
