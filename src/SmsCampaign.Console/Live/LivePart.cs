using Microsoft.AspNetCore.Components;
using SmsCampaign.WebConsole.Parts;

namespace SmsCampaign.WebConsole.Live;

/// <summary>A part of a page that shows what is so now: drawn with the page, and brought up to date each second where
/// the browser keeps a socket.</summary>
public abstract class LivePart : Part, IDisposable
{
    readonly CancellationTokenSource _gone = new();

    [Inject]
    protected Watchtower Tower { get; set; } = null!;

    /// <summary>What was last looked at; null until it was.</summary>
    protected Sight? Sight { get; private set; }

    protected sealed override async Task OnInitializedAsync()
    {
        await BeginAsync();
        // The page is drawn already where the part begins to live: it is not taken away until it is looked at anew.
        Sight = RendererInfo.IsInteractive && Tower.Last is { } last ? last : await Tower.LookAsync(_gone.Token);
        await TakeAsync(Sight);
    }

    protected sealed override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
            _ = FollowAsync();
    }

    /// <summary>Once, before it is drawn.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>Takes what was looked at, before it is drawn.</summary>
    protected virtual Task TakeAsync(Sight sight) => Task.CompletedTask;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    async Task FollowAsync()
    {
        var gone = _gone.Token;
        try
        {
            using var ticks = new PeriodicTimer(Watchtower.Every, Time);
            while (await ticks.WaitForNextTickAsync(gone))
            {
                var sight = await Tower.LookAsync(gone);
                // Whose session is over, as when rights change, has nothing new: the page says that it stands still.
                if (!(await FindPersonAsync()).IsIn)
                    return;
                if (sight == Sight)
                    continue;

                await InvokeAsync(async () =>
                {
                    Sight = sight;
                    await TakeAsync(sight);
                    StateHasChanged();
                });
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
        }
        catch (Exception broken) // the edge: the page's own error display, and nobody else's
        {
            await DispatchExceptionAsync(broken);
        }
    }
}
