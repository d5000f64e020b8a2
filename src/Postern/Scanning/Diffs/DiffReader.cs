using System.Globalization;
using System.Text;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Diffs;

/// <summary>
/// The added lines of a unified diff, as one text per run of lines that follow each other. Lines count by the numbers in the hunk's
/// head and by nothing they say, so that no content can pass for a header. What is no diff is refused, never scanned in part.
/// </summary>
internal sealed class DiffReader(ReadOnlyMemory<byte> diff)
{
    private readonly List<SourceText> _runs = [];
    private int _at;
    private int _line;
    private string? _path;

    /// <summary>Binary files that the diff mentions without their content.</summary>
    public int Binaries { get; private set; }

    /// <summary>Reads the whole diff.</summary>
    /// <exception cref="ConfigException">It is not a diff of one old and one new side.</exception>
    public IReadOnlyList<SourceText> Read()
    {
        var hasHeader = false;
        while (TryLine(out var line))
        {
            var text = line.Span;
            if (text.StartsWith("@@@"u8))
            {
                throw Wrong("a combined diff of a merge; make one against a single parent");
            }

            if (text.StartsWith("@@ "u8))
            {
                ReadHunk(text);
            }
            else if (text.StartsWith("+++ "u8))
            {
                _path = DiffPath.Of(text[4..]);
                hasHeader = true;
            }
            else if (text.StartsWith("diff --git "u8))
            {
                (_path, hasHeader) = (null, true);
            }
            else if (text.StartsWith("Binary files "u8) || text.StartsWith("GIT binary patch"u8))
            {
                Binaries++;
            }
        }

        return hasHeader || diff.Span.Trim(" \t\r\n"u8).IsEmpty ? _runs : throw Wrong("not a diff");
    }

    private void ReadHunk(ReadOnlySpan<byte> head)
    {
        var fields = Encoding.ASCII.GetString(head).Split(' ');
        if (_path is null || fields.Length < 4 || !TryRange(fields[1], '-', out _, out var old) || !TryRange(fields[2], '+', out var number, out var added) || !fields[3].StartsWith("@@", StringComparison.Ordinal))
        {
            throw Wrong("a hunk whose head cannot be read");
        }

        var run = new AddedRun(_path);
        for (var above = ReadOnlyMemory<byte>.Empty; old > 0 || added > 0;)
        {
            if (!TryLine(out var line))
            {
                throw Wrong("it ends within a hunk");
            }

            switch (line.Span)
            {
                case [(byte)'+', ..]:
                    run.Add(line[1..], number++, above);
                    added--;
                    break;
                case [(byte)'-', ..]:
                    old--;
                    break;
                case [(byte)'\\', ..]:
                    break;
                case [] or [(byte)' ', ..] or [(byte)'\r']:
                    run.FlushTo(_runs);
                    above = line.IsEmpty ? line : line[1..];
                    (old, added, number) = (old - 1, added - 1, number + 1);
                    break;
                default:
                    throw Wrong("a line in a hunk that is neither added, removed nor kept");
            }

            if (old < 0 || added < 0)
            {
                throw Wrong("a hunk with more lines than its head says");
            }
        }

        run.FlushTo(_runs);
    }

    private static bool TryRange(string text, char sign, out int start, out int count)
    {
        (start, count) = (0, 1);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return text.Length > 1 && text[0] == sign
            && int.TryParse(text.AsSpan(1, (comma < 0 ? text.Length : comma) - 1), NumberStyles.None, CultureInfo.InvariantCulture, out start)
            && (comma < 0 || int.TryParse(text.AsSpan(comma + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count));
    }

    private bool TryLine(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (_at >= diff.Length)
        {
            return false;
        }

        var length = diff.Span[_at..].IndexOf((byte)'\n');
        line = length < 0 ? diff[_at..] : diff.Slice(_at, length);
        _at += line.Length + 1;
        _line++;
        return true;
    }

    private ConfigException Wrong(string what) => new($"line {_line} of the diff: {what}");
}
