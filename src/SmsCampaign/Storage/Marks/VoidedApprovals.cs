namespace SmsCampaign.Storage.Marks;

/// <summary>
/// The approvals that were voided, kept outside the data folder: an older copy of ledger.db, in which one of them still
/// stands, lets nothing go by it.
/// </summary>
/// <remarks>A line an approval, which is the hash of its row in the audit chain. Only ever added to.</remarks>
sealed class VoidedApprovals(DataFolder data)
{
    readonly MarkLines _lines = new(data, "approvals.void");

    /// <summary>Why the list cannot be read; null where it can, or is not there. Which approvals were voided is not
    /// known then, and nothing may be sent by any.</summary>
    public Wording? Trouble => TryRead(out _);

    /// <summary>None where it cannot be read (<see cref="Trouble"/>).</summary>
    public HashSet<string>? Read() => TryRead(out var voided) is null ? voided : null;

    /// <summary>On disk when it returns, and before ledger.db says it: cut off in between, the
    /// approval does not stand.</summary>
    /// <exception cref="LedgerException">It cannot be written: an older copy of ledger.db would let the
    /// approval stand again.</exception>
    public void Add(string hash) => _lines.Add(hash, why => new Wording(
        $"chưa ghi được rằng một phê duyệt hết hiệu lực: {why}",
        $"that an approval is void cannot be written: {why}"));

    Wording? TryRead(out HashSet<string> voided)
    {
        var trouble = _lines.TryRead(out var lines);
        voided = [.. lines];
        return trouble is not { } why ? null : new Wording(
            $"Không đọc được danh sách phê duyệt đã hết hiệu lực {_lines.File} ({why}), nên không biết phê duyệt "
                + $"nào còn dùng được và không gửi gì. Hãy báo kỹ sư phụ trách cho tài khoản chạy chương "
                + $"trình đọc và ghi thư mục {data.Marks}.",
            $"The list of voided approvals {_lines.File} cannot be read ({why}), so that which approval stands is not "
                + $"known and nothing is sent. Have your engineer let the account the program runs as read and "
                + $"write the folder {data.Marks}.");
    }
}
