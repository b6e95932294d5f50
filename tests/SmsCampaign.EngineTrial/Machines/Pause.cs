namespace SmsCampaign.EngineTrial.Machines;

/// <summary>Time that has to go by: what is tried here are real processes and their real clocks.</summary>
static class Pause
{
    public static Task ForAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken.None);

    public static Task ForSecondsAsync(double seconds) => ForAsync(TimeSpan.FromSeconds(seconds));
}
