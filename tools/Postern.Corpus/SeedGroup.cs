namespace Postern.Corpus;

/// <summary>What the lines under one heading of a seed file are: <c>[train attack override]</c>.</summary>
/// <param name="Half">train or held.</param>
/// <param name="Label">attack, benign or carrier.</param>
/// <param name="Family">The attack family or the register of innocent text.</param>
internal sealed record SeedGroup(string Half, string Label, string Family)
{
    public static SeedGroup Parse(string heading) =>
        heading.Trim('[', ']').Split(' ') is [var half and ("train" or "held"), var label and ("attack" or "benign" or "carrier"), .. var family]
            ? new SeedGroup(half, label, family.Length > 0 ? family[0] : "")
            : throw new InvalidDataException($"'{heading}' is no heading.");
}
