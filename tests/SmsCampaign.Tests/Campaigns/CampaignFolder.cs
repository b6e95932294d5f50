using System.Text;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// A folder of its own with a campaign file in it and the files that one names.
/// </summary>
sealed class CampaignFolder : IDisposable
{
    public static readonly string[] Lanes = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];

    /// <summary>A file nothing is wrong with. Tests change a line of it and count on the line numbers.</summary>
    public const string Valid =
        """
        id: thu-nghiem
        title: Tin thử
        mode: exercise
        directive:
          issuer: UBND tỉnh
          date: 2025-07-01
          text: Toàn dân phòng, chống mua bán người
          reportTo: Công an tỉnh
          reportBy: 2025-09-30
        sender: CHINH PHU
        messages:
          - name: chinh
            language: vi
            form: accented
            text: Toàn dân phòng, chống mua bán người
        schedule:
          date: 2025-07-30
          window: { from: "08:00", to: "20:00" }
          timeZone: Asia/Ho_Chi_Minh
          missed: start-late
          leftovers: next-day
        segments:
          - name: toan-tinh
            file: subscribers.csv
            filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }
            message: chinh
            priority: 1
        suppression: [tu-choi.csv]
        lanes: [viettel, gmobile]
        limits:
          messages: 5000
          costVnd: 20000000

        """;

    public CampaignFolder()
    {
        Folder = Directory.CreateTempSubdirectory("campaign-").FullName;
        Write("subscribers.csv", "Số điện thoại\n");
        Write("tu-choi.csv", "Số điện thoại\n");
    }

    public string Folder { get; }

    public string File => Path.Combine(Folder, "campaign.yaml");

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes) => System.IO.File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    /// <summary>Reads <paramref name="text"/> as the campaign file.</summary>
    public CampaignReading Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public CampaignReading Read(byte[] bytes)
    {
        Write("campaign.yaml", bytes);
        return CampaignFile.Read(File, Lanes, holders: ["viettel"]);
    }

    /// <summary>Reads <see cref="Valid"/> with a segment that a carrier holds besides.</summary>
    /// <param name="lines">Of that segment, beside those that it needs.</param>
    public CampaignReading ReadHeld(string lines) => Read(With("suppression:", $"""
              - name: thue-bao-viettel
                heldBy: viettel
                areas: [tỉnh Đắk Lắk]
                estimate: 1450000
                acknowledgeBy: 20/7/2025
                reportBy: 8/8/2025
                message: chinh
            {lines}suppression:
            """));

    /// <summary>Reads <see cref="Valid"/> with one piece of it replaced, which must be there exactly once.</summary>
    public CampaignReading ReadWith(string old, string replacement) => Read(With(old, replacement));

    public static string With(string old, string replacement)
    {
        var at = Valid.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0 && at == Valid.LastIndexOf(old, StringComparison.Ordinal), $"'{old}' must be there once");
        return Valid.Replace(old, replacement, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
