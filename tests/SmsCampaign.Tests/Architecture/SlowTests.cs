using System.Reflection;
using SmsCampaign.Tests.EndToEnd;
using SmsCampaign.Tests.Support;

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

    /// <summary>The name is xunit's to choose: were it another, the longest would begin at any time.</summary>
    [Fact]
    public void A_class_with_many_slow_tests_is_begun_before_one_with_few()
    {
        var own = TestContext.Current.TestCollection!.TestCollectionDisplayName;

        Assert.Equal((0, 3, 1), (LongestFirst.WeightOf(own), WeightOf<CrashKillsTests>(), WeightOf<CrashRateTests>()));

        int WeightOf<T>() => LongestFirst.WeightOf(
            own.Replace(typeof(SlowTests).FullName!, typeof(T).FullName, StringComparison.Ordinal));
    }
}
