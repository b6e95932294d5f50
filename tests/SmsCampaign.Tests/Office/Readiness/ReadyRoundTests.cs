using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class ReadyRoundTests
{
    static readonly ReadyFinding Good = ReadyFinding.Good(new Wording("được.", "good."));

    readonly FakeTimeProvider _time = new(ReadyCases.Now);

    [Fact]
    public async Task Checks_look_side_by_side_and_are_told_in_their_order()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lines = await LookAsync(
            new Check("first", async cancelled =>
            {
                await second.Task.WaitAsync(Patience.ForAnything, cancelled); // waits for the one after it
                return Good;
            }),
            new Check("second", _ =>
            {
                second.SetResult();
                return Task.FromResult(Good);
            }));

        Assert.Equal(["first", "second"], lines.Select(line => line.Check));
    }

    [Fact]
    public async Task One_checks_fault_is_its_own_and_never_green()
    {
        var lines = await LookAsync(
            new Check("broken", _ => throw new InvalidDataException("dòng của 0912345678")),
            new Check("well", _ => Task.FromResult(Good)));

        Assert.Equal([ReadyLight.Amber, ReadyLight.Green], lines.Select(line => line.Light));
        Assert.StartsWith("chưa kiểm tra được: ", lines[0].Found.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", lines[0].Found.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up_and_said_not_to_be_known()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looking = LookAsync(
            new Check("slow", async cancelled =>
            {
                cancelled.Register(givenUp.SetResult);
                begun.SetResult();
                await new TaskCompletionSource().Task;
                return Good;
            }));
        await begun.Task.WaitAsync(Patience.ForAnything);

        while (!looking.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        var lines = await looking;
        Assert.Equal(
            (ReadyLight.Amber, "chưa kiểm tra được: quá 20 giây chưa xong."), (lines[0].Light, lines[0].Found.Vi));
        await givenUp.Task.WaitAsync(Patience.ForAnything);
        Assert.Equal(
            "Các kênh gửi", ReadyWords.TitleOf(lines[0] with { Check = LaneReachCheck.Called, Subject = null }).Vi);
    }

    [Fact]
    public async Task What_gateways_say_gives_no_number_away()
    {
        var lines = await LookAsync(new Check("says", _ => Task.FromResult(
            ReadyFinding.Bad(new Wording("gọi 84912345678\r\n", "call 84912345678"), new Wording("hãy", "do")))));

        Assert.DoesNotContain("84912345678", lines[0].Found.Vi + lines[0].Found.En, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', lines[0].Found.Vi);
    }

    Task<IReadOnlyList<ReadyLine>> LookAsync(params IReadyCheck[] checks) =>
        new ReadyRound(checks, _time).LookAsync(ReadyCases.Of(), CancellationToken.None);

    sealed class Check(string name, Func<CancellationToken, Task<ReadyFinding>> look) : IReadyCheck
    {
        public string Name => name;

        public async Task<IReadOnlyList<ReadyFinding>> LookAsync(
            ReadyCase about, CancellationToken cancellationToken) => [await look(cancellationToken)];
    }
}
