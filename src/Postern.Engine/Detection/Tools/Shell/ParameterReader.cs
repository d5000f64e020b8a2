namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Puts the values of variables and parameters into words.</summary>
internal sealed class ParameterReader(ShellCursor cursor, ShellScript script, ShellReader shell)
{
    private const string Blanks = " \t\n";

    /// <summary>What stands in braces.</summary>
    public void Braced(WordText word, string inner, bool quoted)
    {
        var bracket = inner.IndexOf('[', StringComparison.Ordinal);
        if (inner is ['@' or '*', ..] || (inner.Length == 1 && char.IsAsciiDigit(inner[0])))
        {
            Positional(word, inner[0], quoted);
        }
        else if (bracket > 0 && inner.AsSpan(bracket + 1) is ['@' or '*', ']', ..] && script.Variables.List(inner[..bracket]) is { } items)
        {
            Items(word, items, quoted);
        }
        else if (script.Variables.List(inner) is not null)
        {
            Named(word, inner, quoted);
        }
        else
        {
            Changed(word, inner, quoted);
        }
    }

    private void Changed(WordText word, string inner, bool quoted)
    {
        var (text, isOpen) = shell.Expanded(inner);
        var name = new string([.. text.TakeWhile(static c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
        if (script.Variables.List(name) is { Length: > 1 } values && TrySpend(values))
        {
            word.Choice(Array.ConvertAll(values, value =>
            {
                script.Variables.Set(name, value.Text);
                return value with { Text = ParameterExpansion.Value(text, script.Variables) ?? value.Text };
            }));
            script.Variables.SetList(name, values);
        }
        else
        {
            Put(word, ParameterExpansion.Value(text, script.Variables), "$" + text, quoted);
        }

        if (isOpen)
        {
            word.Unknown("");
        }
    }

    /// <summary>A variable by its name.</summary>
    public void Named(WordText word, string name, bool quoted)
    {
        if (script.Variables.List(name) is { Length: > 1 } values && TrySpend(values))
        {
            word.Choice(values);
        }
        else
        {
            Put(word, script.Variables[name], "$" + name, quoted);
        }
    }

    private bool TrySpend(ShellWord[] values) => script.TrySpend(values.Length) && script.TrySpend(values.Sum(static value => value.Text.Length));

    /// <summary>All items, each a word of its own.</summary>
    private void Items(WordText word, ReadOnlySpan<ShellWord> items, bool quoted)
    {
        for (var i = 0; i < items.Length && script.TrySpend(1); i++)
        {
            if (i > 0)
            {
                word.End();
            }

            Put(word, items[i].Open ? null : items[i].Text, items[i].Text, quoted);
        }
    }

    /// <summary>Where nobody gave parameters, inside a word one is nothing; a word of its own is only known at run time.</summary>
    public void Positional(WordText word, char c, bool quoted)
    {
        if (script.Variables.List(ShellVariables.Parameters) is { } given)
        {
            var number = c - '0';
            Items(word, c is '@' or '*' ? given.AsSpan(Math.Min(1, given.Length)) : number < given.Length ? given.AsSpan(number, 1) : [], quoted);
        }
        else if (word.IsEmptyText && (cursor.Current is '"' || cursor.IsAtEnd || WordReader.IsEnd(cursor)))
        {
            word.Unknown("$" + c);
        }
    }

    /// <summary>A value, which falls into words where it is not quoted; null for one that is only known at run time.</summary>
    public void Put(WordText word, string? value, string name, bool quoted)
    {
        if (value is null || !script.TrySpend(value.Length))
        {
            word.Unknown(name);
        }
        else if (quoted)
        {
            word.Quoted(value);
        }
        else
        {
            word.Value(value, script.Variables["IFS"] is { } separators ? Blanks + separators : Blanks);
        }
    }
}
