namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>A place in a shell text.</summary>
internal sealed class ShellCursor(string text)
{
    public string Text { get; } = text;

    public int At { get; set; }

    public bool IsAtEnd => At >= Text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => IsAtEnd ? '\0' : Text[At];

    public char Peek(int ahead) => At + ahead < Text.Length ? Text[At + ahead] : '\0';

    /// <summary>True at a pipe, which is no <c>||</c>.</summary>
    public bool IsAtPipe => Current == '|' && Peek(1) != '|';

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            At++;
        }
    }

    public bool Take(char c)
    {
        var here = Current == c && !IsAtEnd;
        At += here ? 1 : 0;
        return here;
    }

    public bool Take(string literal)
    {
        var here = string.CompareOrdinal(Text, At, literal, 0, literal.Length) == 0;
        At += here ? literal.Length : 0;
        return here;
    }

    /// <summary>Everything up to <paramref name="end"/>, which is passed over; the rest of the text when there is none.</summary>
    public string TakeThrough(char end)
    {
        var stop = Text.IndexOf(end, At);
        var inner = stop < 0 ? Text[At..] : Text[At..stop];
        At = stop < 0 ? Text.Length : stop + 1;
        return inner;
    }

    /// <summary>The same, where a backslash hides the character behind it.</summary>
    public string TakeEscapedThrough(char end)
    {
        var start = At;
        while (!IsAtEnd && Current != end)
        {
            At += Current == '\\' ? 2 : 1;
        }

        At = Math.Min(At, Text.Length);
        var inner = Text[start..At];
        Take(end);
        return inner;
    }

    /// <summary>
    /// The inside of a bracket that has just been opened, up to its partner; quotes and escapes hide brackets. Passes over the partner.
    /// </summary>
    public string TakeNested(char open, char close)
    {
        var (start, depth) = (At, 1);
        for (; !IsAtEnd; At++)
        {
            var c = Current;
            if (c == '\\')
            {
                At++;
            }
            else if (c == '\'' && close != '}')
            {
                var end = Text.IndexOf('\'', At + 1);
                At = end < 0 ? Text.Length : end;
            }
            else if (c == open)
            {
                depth++;
            }
            else if (c == close && --depth == 0)
            {
                return Text[start..At++];
            }
        }

        At = Text.Length;
        return Text[start..];
    }
}
