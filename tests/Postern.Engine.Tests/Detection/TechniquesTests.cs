using System.Text.RegularExpressions;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection;

public sealed partial class TechniquesTests
{
    [Fact]
    public void Every_rule_of_the_catalogue_points_to_techniques_with_ids_as_mitre_writes_them()
    {
        foreach (var rule in RuleCatalogue.Table.Rules)
        {
            var techniques = Techniques.Of(rule.Id);
            Assert.True(techniques.Count > 0, rule.Id);
            Assert.All(techniques, static id => Assert.Matches(Id(), id));
            Assert.Equal(techniques.Count, techniques.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("secret.acme.token", "T1552,T1567,AML.T0055,AML.T0057")]
    [InlineData("secret.aws.access-key-id", "T1552,T1528,T1567,AML.T0055")]
    [InlineData("injection.de.action", "T1659,AML.T0051.001")]
    [InlineData("destination.metadata-address", "T1552.005")]
    [InlineData("destination.allowlisted-internal-name", "T1046,T1090")]
    [InlineData("operation.halted", "")]
    [InlineData("acme.own-rule", "")]
    public void The_longest_beginning_that_fits_wins(string rule, string techniques) => Assert.Equal(techniques, string.Join(',', Techniques.Of(rule)));

    [GeneratedRegex(@"^(AML\.)?T\d{4}(\.\d{3})?\z")]
    private static partial Regex Id();
}
