using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

public class ChanceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_share_falls_on_so_many_references(double share)
    {
        const int many = 20_000;

        foreach (var draw in new[] { 1, 5, 9 })
        {
            var fallen = Enumerable.Range(0, many).Count(
                number => new Chance(3, $"c1-{number:d7}").Falls((Draw)draw, share));

            Assert.InRange(fallen / (double)many, share - 0.015, share + 0.015);
        }
    }

    [Fact]
    public void Draws_of_one_reference_do_not_follow_one_another()
    {
        var both = Enumerable.Range(0, 20_000).Select(number => new Chance(3, $"{number}"))
            .Count(chance => chance.Falls(Draw.Refused, 0.5) && chance.Falls(Draw.Duplicate, 0.5));

        Assert.InRange(both, 4_700, 5_300);
    }
}
