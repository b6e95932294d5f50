using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SmsCampaign.Storage.Registry;

/// <summary>
/// The key with which numbers that a carrier reports are hashed as they arrive: whoever has the ledger and not the key
/// can neither read a number there nor find out whether one is among them. All that hashes them goes through here.
/// </summary>
/// <remarks>Of one thread at a time.</remarks>
sealed class NumberKey : IDisposable
{
    /// <summary>Bytes kept of a hash: of 100 million numbers two have the same by a chance of 1 in 10^13.</summary>
    public const int HashLength = 12;

    /// <summary>Kept from number to number: made anew for each it would cost most of the time.</summary>
    readonly IncrementalHash _hmac;

    NumberKey(AuditKey key) => (_hmac, Fingerprint) = (
        IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes), FingerprintOf(key.Bytes));

    /// <summary>Tells keys apart; says nothing of the key. 16 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>The key in <see cref="DataFolder.NumberKey"/>, made where none was ever used.</summary>
    /// <param name="used">Fingerprints of the keys with which what is kept was hashed.</param>
    /// <returns>Null where it cannot be used: the words say why, and nothing is made anew.</returns>
    public static NumberKey? Open(DataFolder data, IReadOnlyCollection<string> used, out Wording trouble)
    {
        var file = data.NumberKey;
        if (used.Count == 0 && !File.Exists(file))
            AuditKey.TryCreate(file);

        if (AuditKey.Read(file, out var missing) is not { } read)
        {
            trouble = used.Count == 0
                ? new Wording(
                    $"Khóa băm số thuê bao: {missing}, và chưa tạo được. Hãy xem lại quyền ghi vào thư mục dữ liệu.",
                    $"The key that numbers are hashed with: {missing}, and it could not be made. See to the right to "
                        + $"write to the data folder.")
                : new Wording(
                    $"Khóa băm số thuê bao: {missing}. Các số đã nhập được băm bằng khóa này: hãy đặt lại tệp khóa cũ "
                        + $"từ bản lưu rồi nhập lại. Chương trình không tự tạo khóa khác, vì số cũ sẽ không đối chiếu "
                        + $"được nữa. Chưa có khóa thì vẫn nhập được bảng tổng theo địa bàn.",
                    $"The key that numbers are hashed with: {missing}. What was imported is hashed with it: put the "
                        + $"old file back from its copy and import again. No other key is made, as the old numbers "
                        + $"could not be matched any more. Without it a table by area can still be imported.");
            return null;
        }

        var key = new NumberKey(read);
        trouble = new Wording("", "");
        if (used.Count == 0 || used.Contains(key.Fingerprint))
            return key;

        key.Dispose();
        trouble = new Wording(
            $"{file} không phải khóa mà các số đã nhập được băm. Hãy đặt lại tệp khóa cũ từ bản lưu rồi nhập lại.",
            $"{file} is not the key that what was imported is hashed with. Put the old file back from its copy and "
                + $"import again.");
        return null;
    }

    /// <summary>HMAC-SHA256 of the eleven digits, the first <see cref="HashLength"/> bytes.</summary>
    /// <param name="msisdn">84300000000 to 84999999999.</param>
    public UInt128 Hash(long msisdn)
    {
        Span<byte> digits = stackalloc byte[20];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        msisdn.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _hmac.AppendData(digits[..length]);
        _hmac.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash) >> (8 * (16 - HashLength));
    }

    public void Dispose() => _hmac.Dispose();

    static string FingerprintOf(byte[] key) => Convert.ToHexStringLower(
        SHA256.HashData([.. "sms-campaign number key\n"u8, .. key]))[..16];
}
