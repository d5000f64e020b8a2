using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Diffs;

/// <summary>Added lines that follow each other in one file.</summary>
internal sealed class AddedRun(string path)
{
    private readonly List<byte> _text = [];
    private ReadOnlyMemory<byte> _above;
    private int _first;

    /// <summary>Adds a line; <paramref name="above"/> is the kept line above the first one.</summary>
    public void Add(ReadOnlyMemory<byte> line, int number, ReadOnlyMemory<byte> above)
    {
        if (_text.Count == 0)
        {
            (_first, _above) = (number, above);
        }

        _text.AddRange(line.Span);
        _text.Add((byte)'\n');
    }

    /// <summary>Hands over what was added, and begins anew.</summary>
    public void FlushTo(List<SourceText> runs)
    {
        if (_text.Count > 0)
        {
            runs.Add(new SourceText(path, _text.ToArray(), _first) { Above = _above });
            _text.Clear();
        }
    }
}
