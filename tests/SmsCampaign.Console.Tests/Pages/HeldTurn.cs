using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>Something heavy that goes on in the process of the pages until it is let go.</summary>
sealed class HeldTurn : IAsyncDisposable
{
    readonly ManualResetEventSlim _end = new();
    readonly Task _work;

    /// <param name="ofPlanning">Whether it is a run that is planned: other work keeps nobody from that.</param>
    public HeldTurn(ConsoleCase console, bool ofPlanning = false)
    {
        var services = console.Web.Services;
        var turn = ofPlanning
            ? services.GetRequiredService<PlanningTurn>()
            : services.GetRequiredService<WorkTurn>();
        turn.Patience = TimeSpan.FromMilliseconds(50);
        using var begun = new ManualResetEventSlim();
        _work = turn.TakeAsync(
            new Wording("đếm cát", "sand is counted"), "ai", () => Work(begun), CancellationToken.None);
        begun.Wait(TestContext.Current.CancellationToken);
    }

    /// <summary>What whoever asks for something heavy meanwhile is told.</summary>
    public const string Said = "Máy chủ đang bận: đếm cát, từ ";

    public async ValueTask DisposeAsync()
    {
        _end.Set();
        await _work;
        _end.Dispose();
    }

    bool Work(ManualResetEventSlim begun)
    {
        begun.Set();
        _end.Wait();
        return true;
    }
}
