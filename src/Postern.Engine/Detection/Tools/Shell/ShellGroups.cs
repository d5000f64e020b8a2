namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Brackets, braces, loops and the words in front of a command that only steer the shell. What stands in a group prints into the pipe behind it.</summary>
internal sealed class ShellGroups(ShellCursor cursor, ShellScript script)
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "fi", "while", "until", "do", "done", "!", "{", "}", "time", "coproc", "esac", "in",
    };

    private readonly Stack<int> _starts = new();

    /// <summary>True for a word that steers the shell and starts nothing.</summary>
    public static bool IsKeyword(ShellWord word) => !word.Open && s_keywords.Contains(word.Text);

    /// <summary>A group begins.</summary>
    public void Open() => _starts.Push(script.Commands.Count);

    /// <summary>A keyword was read, which may begin or end a group; returns the pipeline that goes on.</summary>
    public int Pass(string keyword, int pipeline)
    {
        if (keyword is "{" or "do" or "if")
        {
            Open();
        }

        return keyword is "}" or "done" or "fi" ? Close(pipeline) : pipeline;
    }

    /// <summary>The innermost group ends. Returns the pipeline that goes on: where a pipe follows, the one that all its commands are now of.</summary>
    public int Close(int pipeline)
    {
        cursor.SkipBlanks();
        if (!_starts.TryPop(out var start) || !cursor.IsAtPipe)
        {
            return pipeline;
        }

        var joined = pipeline == 0 ? script.NextPipeline() : pipeline;
        foreach (var command in script.Commands.Skip(start))
        {
            command.Pipeline = joined;
        }

        return joined;
    }
}
