using SmsCampaign.Files;
using SmsCampaign.Orders;

namespace SmsCampaign.Reports;

/// <summary>A CSV of the rows of a carrier's list that a person should look at, each with its number masked.</summary>
/// <param name="place">Full path of where it is shown when it is whole.</param>
sealed class NumberNotes(string place, Language language) : IDisposable
{
    FreshFolder? _fresh;
    CsvBytes? _file;

    /// <summary>Full path of where it is shown.</summary>
    public string Place => place;

    string Name => Path.GetFileName(place);

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(NumberNote note)
    {
        var file = _file ??= Begin();
        file.Text(note.Sheet ?? "");
        file.Number(note.Line);
        file.Text(note.Masked);
        file.Text(note.Why.In(language));
        file.Text(note.Status);
        file.EndRow();
    }

    /// <summary>Puts it in the place of an older one; where there is nothing to look at an older one goes.</summary>
    /// <param name="isTaken">Whether the list was taken: one that was not leaves that of the list that counts.</param>
    /// <returns>Its full path; null where there is none.</returns>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public string? Show(bool isTaken)
    {
        var refused = Path.ChangeExtension(place, ".chua-nhan.csv");
        if (File.Exists(refused))
            File.Delete(refused);
        var shown = isTaken ? place : refused;
        if (_file is null)
        {
            if (File.Exists(shown))
                File.Delete(shown);
            return null;
        }

        _file.Dispose();
        _file = null;
        PrivateFiles.MakeFolder(Path.GetDirectoryName(place)!);
        File.Move(Path.Combine(_fresh!.Path, Name), shown, overwrite: true);
        return shown;
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
            new Wording("Trang tính", "Sheet"), new Wording("Hàng", "Row"), new Wording("Số điện thoại", "Number"),
            new Wording("Lý do", "Why"), new Wording("Trạng thái nhà mạng ghi", "Status as the carrier writes it"),
        })
            file.Text(heading.In(language));
        file.EndRow();
        return file;
    }
}
