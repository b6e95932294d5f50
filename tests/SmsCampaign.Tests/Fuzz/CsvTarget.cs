using System.Text;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>An audience as CSV, in the encodings that occur.</summary>
sealed class CsvTarget : IFuzzTarget
{
    const int Lines = 25;
    readonly AudienceFuzz _audience = new("subscribers.csv");
    readonly Mutator _mutator;

    public CsvTarget(int seed)
    {
        var text =
            string.Join('\n', File.ReadLines(Repository.PathOf("samples/dak-lak-2025/subscribers.csv")).Take(Lines))
            + "\n";
        _mutator = new Mutator(
            seed,
            [
                Encoding.UTF8.GetBytes(text),
                [
                    0xEF,
                    0xBB,
                    0xBF,
                    .. Encoding.UTF8.GetBytes(text.Replace(',', ';').Replace("\n", "\r\n", StringComparison.Ordinal)),
                ],
                [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.Replace(',', '\t'))],
            ],
            [
                ",", ";", "\t", "\"", "\"\"", "\"\n\"", "\r\n", "\n", "\r", "0912345678", "+84 912 345 678",
                "01212345678", "84912345678.0", "9,12345678E+8", "Số điện thoại", "xã/phường", "Nhà mạng", "viettel",
                "=cmd|' /C calc'!A0", ",,,,,,,,,,", "Xã Ea Bung",
            ]);
    }

    public bool Try(int number)
    {
        File.WriteAllBytes(_audience.File, _mutator.Make(number));
        return _audience.Import(number);
    }

    public void Dispose() => _audience.Dispose();
}
