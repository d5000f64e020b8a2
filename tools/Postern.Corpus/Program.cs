using Postern.Corpus;

if (args is not [var seeds, var output])
{
    Console.Error.WriteLine("usage: Postern.Corpus SEEDS-DIRECTORY OUTPUT-DIRECTORY");
    return 2;
}

foreach (var file in Directory.EnumerateFiles(seeds, "*.txt").Order(StringComparer.Ordinal))
{
    var seed = SeedFile.Read(file);
    var texts = CorpusWriter.Texts(seed).ToList();
    File.WriteAllLines(Path.Combine(output, seed.Language + ".jsonl"), texts.Select(t => t.ToJson()));
    Console.WriteLine(seed.Language + ": " + string.Join(", ", texts.GroupBy(t => $"{t.Label} {t.Half}", StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
}

return 0;
