namespace SmsCampaign.Tests.Histories;

/// <summary>Some histories; many are the benchmarks' verb <c>histories</c>.</summary>
[Trait("Category", "Slow")]
public sealed class HistoryTests
{
    const int Seed = 1;
    const int Cases = 15;
    const int SideBySide = 8;

    [Fact]
    public async Task Rules_1_to_7_hold_whatever_gateways_answer_and_whenever_the_process_dies()
    {
        var next = Seed - 1;
        await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var seed && seed < Seed + Cases)
            {
                using var history = new History(seed);
                try
                {
                    await history.RunAsync();
                }
                catch (Exception broken)
                {
                    Assert.Fail($"history {seed}: {broken}");
                }
            }
        }));
    }
}
