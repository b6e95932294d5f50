using System.Reflection;

namespace SmsCampaign.Tests.Architecture;

/// <summary>What one runs all day (<c>--filter Category!=Slow</c>) starts no process of its own.</summary>
public sealed class SlowTests
{
    [Fact]
    public void Tests_that_run_the_real_program_are_marked_as_slow()
    {
        var classes = Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type.Namespace == "SmsCampaign.Tests.EndToEnd")
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute))))
            .ToList();

        Assert.NotEmpty(classes);
        Assert.DoesNotContain(classes, type => !type.GetCustomAttributes<TraitAttribute>().Any(trait =>
            (trait.Name, trait.Value) == ("Category", "Slow")));
    }
}
