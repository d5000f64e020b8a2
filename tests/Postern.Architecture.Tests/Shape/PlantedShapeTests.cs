using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

public sealed class PlantedShapeTests
{
    private const string X = "src/Postern.Engine/Detection/X.cs";

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    public void A_file_has_at_most_500_lines(int lines, bool caught) =>
        Expect(caught, new FileLength(), X, string.Concat(Enumerable.Repeat("// x\n", lines)));

    [Theory]
    [InlineData("class X { void Y() {\n# } }")]
    [InlineData("class X { X() {\n# } }")]
    [InlineData("class X { int Y { get {\n# return 1; } } }")]
    [InlineData("class X { int Y =>\n# 1; }")]
    [InlineData("class X { void Z() => Y(); static implicit operator int(X x) {\n# return 1; } }")]
    [InlineData("class X { void Z() { void Y() {\n# } } }")]
    [InlineData("return;\n# return;")]
    public void A_method_has_at_most_80_lines(string template)
    {
        // The '#' becomes lines; the template itself takes two.
        Expect(true, new MethodLength(), X, template.Replace("#", Blank(79), StringComparison.Ordinal));
        Expect(false, new MethodLength(), X, template.Replace("#", Blank(78), StringComparison.Ordinal));
    }

    [Fact]
    public void Attributes_and_comments_above_a_method_do_not_count() =>
        Guard.Passes(new MethodLength(), X, $"class X {{\n{Blank(90)} [A]\n{Blank(90)} [B] void Y() {{ }} }}");

    [Theory]
    [InlineData("class X { void Y(int a, int b, int c, int d, int e, int f, int g) { } }", true)]
    [InlineData("class X { X(int a, int b, int c, int d, int e, int f, int g) { } }", true)]
    [InlineData("class X(int a, int b, int c, int d, int e, int f, int g) { }", true)]
    [InlineData("class X { void Z() { void Y(int a, int b, int c, int d, int e, int f, int g) { } } }", true)]
    [InlineData("delegate void X(int a, int b, int c, int d, int e, int f, int g);", true)]
    [InlineData("class X { int this[int a, int b, int c, int d, int e, int f, int g] => 1; }", true)]
    [InlineData("class X { void Y(int a, int b, int c, int d, int e, int f) { } }", false)]
    [InlineData("record X(int A, int B, int C, int D, int E, int F, int G);", false)]
    [InlineData("partial class X { [LibraryImport(\"c\")] static partial int syscall(int a, int b, int c, int d, int e, int f, int g); }", false)]
    public void A_method_has_at_most_six_parameters(string code, bool caught) => Expect(caught, new ParameterCount(), X, code);

    [Theory]
    [InlineData("class Composition { Composition(int a, int b, int c, int d, int e, int f, int g) { } }", false)]
    [InlineData("class Composition { void Y(int a, int b, int c, int d, int e, int f, int g) { } }", true)]
    public void The_composition_root_may_construct_anything(string code, bool caught) =>
        Expect(caught, new ParameterCount(), "src/Postern/Composition.cs", code);

    [Theory]
    [InlineData("class X { } class Y { }", true)]
    [InlineData("namespace N; class X { } enum Y { }", true)]
    [InlineData("namespace N; class X { } delegate void Y();", true)]
    [InlineData("class Y { }", true)]
    [InlineData("delegate void Y();", true)]
    [InlineData("class X<T> { class Nested { } }", false)]
    [InlineData("class X { } file class Y { }", false)]
    [InlineData("return;", false)]
    public void A_file_holds_one_type_of_its_name(string code, bool caught) => Expect(caught, new OneTypePerFile(), X, code);

    [Theory]
    [InlineData("partial class X { }", false)]
    [InlineData("class X { }", true)]
    public void A_piece_of_a_partial_type_may_say_which(string code, bool caught) =>
        Expect(caught, new OneTypePerFile(), "src/Postern.Engine/Detection/X.Tables.cs", code);

    [Theory]
    [InlineData(X, "namespace Postern.Engine.Detection; class X { }", false)]
    [InlineData(X, "namespace Postern.Engine; class X { }", true)]
    [InlineData(X, "namespace Postern.Engine.Detection.More; class X { }", true)]
    [InlineData(X, "namespace Postern.Engine.Detection { class X { } }", true)]
    [InlineData(X, "class X { }", true)]
    [InlineData("src/Postern/Commands/X.cs", "namespace Postern.Program.Commands; class X { }", false)]
    [InlineData("src/Postern/Commands/X.cs", "namespace Postern.Commands; class X { }", true)]
    [InlineData("src/Postern/Program.cs", "return 0;", false)]
    [InlineData("tests/Postern.Engine.Tests/Flow/X.cs", "namespace Postern.Engine.Tests.Flow; class X { }", false)]
    [InlineData("tests/Postern.Engine.Tests/Flow/X.cs", "namespace Postern.Engine.Flow; class X { }", true)]
    public void A_namespace_follows_the_folder(string path, string code, bool caught) => Expect(caught, new NamespaceFollowsFolder(), path, code);

    [Theory]
    [InlineData("class CertificateManager { }", true)]
    [InlineData("struct Helper { }", true)]
    [InlineData("enum StringUtils { }", true)]
    [InlineData("record UserData(int A);", true)]
    [InlineData("interface ISessionInfo { }", true)]
    [InlineData("delegate void CallImpl();", true)]
    [InlineData("class X { class DetectorBase { } }", true)]
    [InlineData("class Database { } class Metadata { } class BaseUrl { } class DataBudget { }", false)]
    [InlineData("class X { int data; void Helper() { } }", false)]
    public void A_type_has_a_telling_name(string code, bool caught) => Expect(caught, new TellingNames(), X, code);

    [Theory]
    [InlineData("src/Postern.Engine/Common/X.cs", true)]
    [InlineData("src/Postern.Engine/shared/X.cs", true)]
    [InlineData("src/Postern.Engine/UrlUtils/X.cs", true)]
    [InlineData("src/Postern.Engine/Monitoring/X.cs", false)]
    public void A_folder_has_a_telling_name(string path, bool caught) => Expect(caught, new TellingNames(), path, "class X { }");

    [Theory]
    [InlineData("public class X { public void Y(string a, string b) { } }", true)]
    [InlineData("public class X { public X(int a, long b, long? c) { } }", true)]
    [InlineData("public class X { public void Y(object o, bool a, bool b) { } }", true)]
    [InlineData("public interface X { void Y(int a, int b); }", true)]
    [InlineData("public delegate void X(string a, string b);", true)]
    [InlineData("public class X(string a, string b) { }", true)]
    [InlineData("public class X { public void Y(string a, int b, string c) { } }", false)]
    [InlineData("public class X { internal void Y(string a, string b) { } }", false)]
    [InlineData("internal class X { public void Y(string a, string b) { } }", false)]
    [InlineData("public record X(string A, string B);", false)]
    [InlineData("public class X { public void Y() { void Z(int a, int b) { } } }", false)]
    public void Public_twins_are_reported(string code, bool caught) => Expect(caught, new NoTwinParameters(), X, code);

    private static void Expect(bool caught, ISourceCheck check, string path, string code)
    {
        if (caught)
        {
            Guard.Catches(check, path, code);
        }
        else
        {
            Guard.Passes(check, path, code);
        }
    }

    private static string Blank(int lines) => string.Concat(Enumerable.Repeat("\n", lines));
}
