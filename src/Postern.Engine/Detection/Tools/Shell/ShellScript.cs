using System.Buffers;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>All commands a text would start, in the order they are written, inner ones before the command they feed.</summary>
internal sealed class ShellScript
{
    /// <summary>Commands of one text; what lies beyond is reported, not ignored.</summary>
    public const int MaxCommands = 512;

    /// <summary>Substitutions and shells inside shells.</summary>
    public const int MaxDepth = 12;

    /// <summary>Characters read, counting decoded inner texts.</summary>
    public const int MaxCharacters = 256 * 1024;

    private static readonly SearchValues<char> s_invisible =
        SearchValues.Create("\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF\u00AD");

    private int _pipelines;
    private int _characters;

    /// <summary>The commands.</summary>
    public List<ShellCommand> Commands { get; } = [];

    /// <summary>The shell's variables as far as they are known.</summary>
    public ShellVariables Variables { get; } = new();

    /// <summary>True when a bound was met and something was not read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when the text holds characters that a person reading it does not see or sees in another order.</summary>
    public bool HasInvisible { get; private set; }

    /// <summary>What the text itself defines and writes, and may run later.</summary>
    public WrittenTexts Written { get; } = new();

    /// <summary>The folder that <c>cd</c> went to; empty when unknown.</summary>
    public string Folder { get; set; } = "";

    public static bool IsInvisible(char c) => c > 'z' && s_invisible.Contains(c);

    public int NextPipeline() => ++_pipelines;

    public void Add(ShellCommand command)
    {
        if (Commands.Count < MaxCommands)
        {
            Commands.Add(command);
        }
        else
        {
            IsCut = true;
        }
    }

    /// <summary>Whether another text at this depth may be read; noted when not.</summary>
    public bool TryEnter(int depth, ReadOnlySpan<char> text)
    {
        HasInvisible |= text.ContainsAny(s_invisible);
        var fits = TrySpend(text.Length) && depth <= MaxDepth;
        IsCut |= !fits;
        return fits;
    }

    /// <summary>Whether an expansion of this length may be put in; noted when not.</summary>
    public bool TrySpend(int length)
    {
        _characters = Math.Min(_characters + length, MaxCharacters + 1);
        IsCut |= _characters > MaxCharacters;
        return _characters <= MaxCharacters;
    }
}
