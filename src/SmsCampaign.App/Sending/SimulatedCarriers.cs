using SmsCampaign.Carriers;
using SmsCampaign.Simulator;

namespace SmsCampaign.App.Sending;

/// <summary>
/// How the carriers of <c>send --simulate</c> behave: not perfectly, as the real ones do not, so that a rehearsal shows
/// every kind of result.
/// </summary>
static class SimulatedCarriers
{
    /// <summary>The same seed and reference, the same fate of a message. A reference holds its run's
    /// own random code.</summary>
    const int Seed = 30_7;

    public static SimulatorOptions For(IEnumerable<Lane> lanes) => new(
        Seed,
        [.. SimulatedLanes.CarriersFor(lanes).Select(carrier => carrier with
        {
            Latency = TimeSpan.FromMilliseconds(20),
            LatencyJitter = TimeSpan.FromMilliseconds(30),
            RefusedShare = 0.01,
            FailedShare = 0.04,
            NoReceiptShare = 0.005,
            DuplicateShare = 0.01,
            BeforeAnswerShare = 0.01,
            ResetShare = 0.002,
        })]);
}
