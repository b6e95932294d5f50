using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>A run's report as its ledger gives it now, in a folder of its own among the temporary ones, which goes with
/// it. Neither the data folder nor a report that was written is touched.</summary>
public sealed class ReportCopy : IDisposable
{
    readonly DirectoryInfo _place;

    ReportCopy(DirectoryInfo place) => _place = place;

    /// <summary>Full path.</summary>
    public string Folder => Path.Combine(_place.FullName, "bao-cao");

    public required ReportResult Result { get; init; }

    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    /// <exception cref="IOException">No file can be written among the temporary ones.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ReportCopy Write(RunAddress run, ReportOptions options)
    {
        var place = Directory.CreateTempSubdirectory("sms-campaign-");
        try
        {
            return new ReportCopy(place)
            {
                Result = RunReport.Write(run, Path.Combine(place.FullName, "bao-cao"), options),
            };
        }
        catch
        {
            place.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose() => _place.Delete(recursive: true);
}
