using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Asks gateways what became of messages for as long as the worker runs.
/// </summary>
sealed partial class InquiryService(
    Station station, IHostApplicationLifetime lifetime, ILogger<InquiryService> logger) : VitalService(lifetime)
{
    protected override Task RunAsync(CancellationToken stopping) => station.Inquiry.RunAsync(stopping);

    protected override void LogBroken(string broken) => Log.Broken(logger, broken);

    static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "Answers of gateways to inquiries cannot be recorded and the worker ends; "
            + "they are asked again after the next start: {Broken}")]
        public static partial void Broken(ILogger logger, string broken);
    }
}
