using SmsCampaign.Audience;
using SmsCampaign.Files;
using SmsCampaign.Reports;

namespace SmsCampaign.Orders;

/// <summary>A CSV of the rows of a carrier's list that a person should look at, each with its number masked.</summary>
/// <param name="place">Full path of where it is shown when it is whole.</param>
sealed class NumberNotes(string place, Language language) : IDisposable
{
    FreshFolder? _fresh;
    CsvBytes? _file;

    /// <summary>Full path of where it is shown.</summary>
    public string Place => place;

    string Name => Path.GetFileName(place);

    /// <param name="masked">The number as it may be shown.</param>
    /// <param name="status">As the carrier writes it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(int line, string masked, Wording why, ReadOnlySpan<char> status)
    {
        var file = _file ??= Begin();
        file.Number(line);
        file.Text(masked);
        file.Text(why.In(language));
        file.Text(Masking.Of(status));
        file.EndRow();
    }

    /// <summary>Puts it in the place of an older one; where there is nothing to look at an older one goes.</summary>
    /// <returns>Its full path; null where there is none.</returns>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public string? Show()
    {
        if (_file is null)
        {
            if (File.Exists(place))
                File.Delete(place);
            return null;
        }

        _file.Dispose();
        _file = null;
        PrivateFiles.MakeFolder(Path.GetDirectoryName(place)!);
        File.Move(Path.Combine(_fresh!.Path, Name), place, overwrite: true);
        return place;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _fresh?.Dispose();
    }

    CsvBytes Begin()
    {
        _fresh = FreshFolder.Beside(Path.GetDirectoryName(place)!, OrderFolder.IsOurs);
        var file = new CsvBytes(Path.Combine(_fresh.Path, Name));
        foreach (var heading in new[]
        {
            new Wording("Hàng", "Row"), new Wording("Số điện thoại", "Number"), new Wording("Lý do", "Why"),
            new Wording("Trạng thái nhà mạng ghi", "Status as the carrier writes it"),
        })
            file.Text(heading.In(language));
        file.EndRow();
        return file;
    }
}
