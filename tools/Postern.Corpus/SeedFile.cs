namespace Postern.Corpus;

/// <summary>
/// A hand-written seed: headings, and under each lines that are complete texts or frames with choices, <c>{this|that}</c>. A carrier is a
/// line with one <c>@</c>, where a text stands, and <c>~</c>, where an innocent text of the same half stands.
/// </summary>
/// <param name="Language">The file's name.</param>
/// <param name="Lines">The lines in order, each with its heading.</param>
internal sealed record SeedFile(string Language, IReadOnlyList<(SeedGroup Group, Frame Frame)> Lines)
{
    public static SeedFile Read(string path)
    {
        var lines = new List<(SeedGroup, Frame)>();
        SeedGroup? group = null;
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == '[' && line[^1] == ']')
            {
                group = SeedGroup.Parse(line);
            }
            else
            {
                lines.Add((group ?? throw new InvalidDataException($"{path} begins without a heading."), Frame.Parse(line)));
            }
        }

        return new SeedFile(Path.GetFileNameWithoutExtension(path), lines);
    }

    public IReadOnlyList<Frame> Of(string half, string label) => [.. Lines.Where(l => l.Group.Half == half && l.Group.Label == label).Select(l => l.Frame)];
}
