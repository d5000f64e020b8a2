using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Reads the conditions on a value that shapes and assignments share.</summary>
internal static class ConditionReader
{
    public static ValueConditions Read(MapReader body) => new()
    {
        MinEntropy = body.Number("min_entropy", 0, 0, 8),
        MaxPairScore = body.Number("max_pair_score", 0, -10, 0),
        MinDigits = body.Whole("min_digits", 0, 0, 32),
        MinClasses = body.Whole("min_classes", 0, 0, 4),
        MixedCase = body.Flag("mixed_case"),
        Unspelled = body.Flag("unspelled"),
        Rare = body.Flag("rare"),
        AllowPlaceholders = body.Flag("allow_placeholders"),
    };
}
