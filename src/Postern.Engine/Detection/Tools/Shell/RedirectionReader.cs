namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Reads what a command reads from and writes to: files, texts and here-documents.</summary>
internal sealed class RedirectionReader(ShellCursor cursor, WordReader words, ShellScript script)
{
    /// <summary>Here-documents whose text has not begun yet: it stands behind the end of the line.</summary>
    public List<HereDocument> HereDocuments { get; } = [];

    /// <summary>Reads one, from its first angle bracket on.</summary>
    public void Read(ShellCommand command)
    {
        if (cursor.Take("<<<"))
        {
            command.Input = Target();
        }
        else if (cursor.Take("<<"))
        {
            var indented = cursor.Take('-');
            Blanks();
            var word = new WordText();
            words.Read(word);
            var isPlain = word.IsPlain;
            word.End();
            HereDocuments.Add(new HereDocument(command, word.Done is [var end, ..] ? end.Text : "", indented, isPlain));
        }
        else if (cursor.Take("<>"))
        {
            var both = Target();
            command.Reads.Add(both);
            command.Writes.Add(both);
        }
        else
        {
            Simple(command);
        }
    }

    private void Simple(ShellCommand command)
    {
        var reads = cursor.Current == '<';
        cursor.At++;
        var duplicates = !cursor.Take('>') && !cursor.Take('|') && cursor.Take('&');
        var targets = Targets();
        if (duplicates && (targets[0] == "-" || targets[0].All(char.IsAsciiDigit)))
        {
            return;
        }

        (reads ? command.Reads : command.Writes).AddRange(targets);
    }

    private void Blanks()
    {
        while (cursor.Take(' ') || cursor.Take('\t'))
        {
        }
    }

    /// <summary>The file that stands here; empty when none does.</summary>
    public string Target() => Targets()[0];

    /// <summary>One file, or all that a loop gives.</summary>
    private List<string> Targets()
    {
        Blanks();
        var word = new WordText();
        words.Read(word);
        word.End();
        return word.Done.Count > 0 ? word.Done.ConvertAll(piece => PathForm.Of(piece.Text, script.Folder)) : [""];
    }
}
