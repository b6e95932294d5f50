namespace SmsCampaign.Tests.Fuzz;

/// <summary>A short run of every target; the long one is the benchmarks' verb <c>fuzz</c>.</summary>
[Trait("Category", "Slow")]
public sealed class FuzzTests
{
    const int Seed = 1;

    public static TheoryData<string, int> Targets() => new()
    {
        { "campaign", 2_000 }, { "csv", 2_000 }, { "xlsx", 500 }, { "receipts", 5_000 }, { "answers", 5_000 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_broken_input_breaks_what_reads_it(string name, int cases)
    {
        using var target = FuzzTargets.All[name](Seed);
        var taken = 0;
        for (var number = 0; number < cases; number++)
        {
            try
            {
                taken += target.Try(number) ? 1 : 0;
            }
            catch (Exception broken)
            {
                Assert.Fail($"case {number} of seed {Seed}: {broken}");
            }
        }

        // Else the inputs are so broken that they find nothing.
        Assert.InRange(taken, 1, cases - 1);
    }

    [Fact]
    public void Every_target_has_its_short_run() =>
        Assert.Equal(FuzzTargets.All.Keys.Order(), Targets().Select(row => row.Data.Item1).Order());

    [Fact]
    public void The_same_seed_and_case_make_the_same_input()
    {
        var corpus = new[] { "abcdefgh"u8.ToArray() };

        Assert.Equal(new Mutator(7, corpus, ["x"]).Make(3), new Mutator(7, corpus, ["x"]).Make(3));
        Assert.NotEqual(new Mutator(7, corpus, ["x"]).Make(3), new Mutator(7, corpus, ["x"]).Make(4));
    }
}
