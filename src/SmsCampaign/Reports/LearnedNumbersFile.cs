using System.Globalization;
using SmsCampaign.Files;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>
/// The ported numbers that gateways have told of, as a file in the form that <c>numbers.ported</c> takes, with who said
/// so and when beside it. Numbers stand in it in full.
/// </summary>
public static class LearnedNumbersFile
{
    /// <param name="path">Must not be there yet.</param>
    /// <exception cref="IOException">It is there, or cannot be written; nothing half-done is left.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Write(string path, IEnumerable<LearnedNumber> numbers)
    {
        var name = Path.GetFileName(path);
        using var fresh = FreshFolder.Beside(Path.GetFullPath(path), own => own == name);
        using (var file = new CsvBytes(Path.Combine(fresh.Path, name)))
            Write(file, numbers);
        File.Move(Path.Combine(fresh.Path, name), path);
    }

    static void Write(CsvBytes file, IEnumerable<LearnedNumber> numbers)
    {
        file.Row("number", "carrier", "lane", "told_at");
        foreach (var number in numbers)
        {
            file.Row(
                number.Msisdn.ToString(CultureInfo.InvariantCulture), number.Carrier, number.Lane,
                number.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }
}
