using System.Text;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>A word while it is being read: pieces from quotes and expansions, split where an unquoted value has blanks.</summary>
internal sealed class WordText
{
    // Quoted braces and commas are no brace list; they travel as private-use characters until lists are expanded.
    private const string Braces = "{},";
    private const string Hidden = "\uE001\uE002\uE003";

    private readonly StringBuilder _text = new();
    private bool _open;
    private bool _isChosen;
    private bool _begun;

    /// <summary>Words finished so far; taken by the reader.</summary>
    public List<ShellWord> Done { get; } = [];

    /// <summary>True when nothing was read since the last word ended.</summary>
    public bool IsEmpty => !_begun;

    /// <summary>True when the word has no text yet, though it may be quoted.</summary>
    public bool IsEmptyText => _text.Length == 0;

    /// <summary>What was read of the word so far.</summary>
    public string Text => Show(_text.ToString());

    /// <summary>True when the word so far is plain, so that <c>NAME=</c> in front means an assignment.</summary>
    public bool IsPlain { get; private set; } = true;

    public void Plain(ReadOnlySpan<char> text)
    {
        Append(text);
        _begun = true;
    }

    public void Quoted(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(Braces) < 0)
        {
            Append(text);
        }
        else
        {
            foreach (var c in text)
            {
                var brace = Braces.IndexOf(c, StringComparison.Ordinal);
                _text.Append(brace < 0 ? c : Hidden[brace]);
            }
        }

        _begun = true;
        IsPlain = false;
    }

    /// <summary>An expansion whose value is only known at run time; its name stands for it.</summary>
    public void Unknown(string name)
    {
        Quoted(name);
        _open = true;
    }

    /// <summary>One of several values at a time: the word stands for as many words.</summary>
    public void Choice(ShellWord[] values)
    {
        Plain("{");
        for (var i = 0; i < values.Length; i++)
        {
            Plain(i > 0 ? "," : "");
            Quoted(values[i].Text);
            _open |= values[i].Open;
        }

        Plain("}");
        _isChosen = true;
    }

    /// <summary>The value of an expansion outside quotes: what <paramref name="separators"/> holds ends the word.</summary>
    public void Value(string value, ReadOnlySpan<char> separators)
    {
        var rest = value.AsSpan();
        for (var blank = rest.IndexOfAny(separators); blank >= 0; blank = rest.IndexOfAny(separators))
        {
            if (blank > 0)
            {
                Plain(rest[..blank]);
            }

            End();
            rest = rest[(blank + 1)..];
        }

        if (rest.Length > 0)
        {
            Plain(rest);
        }
    }

    /// <summary>Ends the word, if one was begun.</summary>
    public void End()
    {
        if (!_begun)
        {
            return;
        }

        var text = _text.ToString();
        if (text.Contains('{', StringComparison.Ordinal))
        {
            Done.AddRange(BraceList.Expand(text).Select((word, i) => new ShellWord(Show(word), _open, _isChosen && i > 0)));
        }
        else
        {
            Done.Add(new ShellWord(Show(text), _open));
        }

        _text.Clear();
        (_open, _isChosen, _begun, IsPlain) = (false, false, false, true);
    }

    /// <summary>Characters that nobody sees are no part of a name; the script remembers that they were there.</summary>
    private void Append(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\u00AD', '\uFFFF'))
        {
            _text.Append(text);
            return;
        }

        foreach (var c in text)
        {
            if (!ShellScript.IsInvisible(c))
            {
                _text.Append(c);
            }
        }
    }

    private static string Show(string text)
    {
        if (text.AsSpan().IndexOfAny(Hidden) < 0)
        {
            return text;
        }

        for (var i = 0; i < Braces.Length; i++)
        {
            text = text.Replace(Hidden[i], Braces[i]);
        }

        return text;
    }
}
