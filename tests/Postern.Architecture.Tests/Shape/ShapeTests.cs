using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

public sealed class ShapeTests
{
    // Ranges and the like, as they stood when the rule came; a new entry needs a better reason than these.
    private static readonly Allowance[] s_twins =
    [
        new("src/Postern.Engine/Configuration/ConfigReader.cs", "Read", "text, file name: swapped, the first line of every error says so."),
        new("src/Postern.Engine/Detection/HitList.cs", "Add", "start, length: the order every span API has."),
        new("src/Postern.Engine/Detection/Rules/RuleCompiler.cs", "Compile", "text, file name: swapped, the first line of every error says so."),
        new("src/Postern.Engine/Evidence/ChainLink.cs", "EndorsementText", "Both stand in one signed text; a test fixes their places."),
        new("src/Postern.Engine/Evidence/RecorderNotes.cs", "Resumed", "Both stand in one sentence; a test fixes their places."),
        new("src/Postern.Engine/Flow/Exchange.cs", "Exchange", "Constants of the adapters; evidence tests see a swap."),
        new("src/Postern.Transports/Http/Tls/CertificateAuthority.cs", "Load", "A key that is read as a certificate is refused at once."),
    ];

    [Fact]
    public void No_file_is_too_long() => Guard.Holds(new FileLength(), SourceTree.Everything);

    [Fact]
    public void No_method_is_too_long() => Guard.Holds(new MethodLength(), SourceTree.Product);

    [Fact]
    public void No_method_has_too_many_parameters() => Guard.Holds(new ParameterCount(), SourceTree.Product);

    [Fact]
    public void Every_file_holds_one_type_and_bears_its_name() => Guard.Holds(new OneTypePerFile(), SourceTree.Everything);

    [Fact]
    public void Every_namespace_follows_its_folder() => Guard.Holds(new NamespaceFollowsFolder(), SourceTree.Everything);

    [Fact]
    public void Every_name_says_something() => Guard.Holds(new TellingNames(), SourceTree.Everything);

    [Fact]
    public void No_public_parameters_can_be_swapped_unnoticed() => Guard.Holds(new NoTwinParameters(), SourceTree.Product, s_twins);
}
