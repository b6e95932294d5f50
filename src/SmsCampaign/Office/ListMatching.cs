using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Orthography;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>What a carrier's list of numbers is held to: the key, the installation's tables, the campaign's suppression
/// lists, those the department has texted itself, and the lists that were brought before.</summary>
/// <param name="problems">Gets what keeps a list from being taken as errors, and what cannot be matched as
/// warnings.</param>
sealed class ListMatching(
    DataFolder data,
    IRegistry registry,
    RunKey run,
    HeldOrder order,
    Installation installation,
    TimeProvider time,
    List<Problem> problems)
{
    /// <returns>Null where a list cannot be taken.</returns>
    public NumberCase? Open(CancellationToken cancellationToken)
    {
        var before = problems.Count;
        var prefixes = PrefixTable.Load(installation.Numbers.Prefixes, installation.Numbers.Carriers, problems);
        var reader = new NumberReader(prefixes);
        var ported = installation.Numbers.Ported.Count == 0
            ? PortedList.Empty
            : PortedList.Load(installation.Numbers.Ported, reader, prefixes.Names, problems);
        var carrier = FindCarrier(prefixes);
        var record = registry.Find(run);
        var campaign = record is null ? null : CampaignFile.ReadKept(record.Definition, record.CampaignFile);
        if (campaign is null)
            problems.Add(Plain(
                "Không đọc được tệp chiến dịch đã lưu của lượt gửi, nên không biết lưu các số thế nào và đối chiếu với "
                    + "danh sách nào.",
                "The campaign file that was kept of the run cannot be read: how numbers are to be kept, and what they "
                    + "are held to, is not known."));

        var isFull = campaign?.HeldSegments
            .FirstOrDefault(held => held.Name == order.Kept.Segment)?.ResultNumbers == ListedNumbers.Full;
        var key = isFull || campaign is null ? null : OpenKey();
        if (problems.Skip(before).Any(problem => problem.Severity == Severity.Error))
            return null;

        return new NumberCase(
            reader,
            prefixes,
            ported,
            carrier,
            ReadSuppressed(campaign!, reader, cancellationToken),
            ReadOurs(campaign!, record!, cancellationToken),
            key is null ? number => (UInt128)number : key.HashListed,
            key is null ? KeptList.Full : "hashed",
            key?.Id);
    }

    /// <summary>Holds a list to those that were brought before: of other carriers of the run, and the one that it
    /// corrects.</summary>
    public ResultNumbers Compare(ResultNumbers numbers, IReadOnlyList<byte[]> parts)
    {
        var others = HeldOrders.Of(registry.WorkOrders.Read(run), [])
            .Where(other => other.Kept.Holder != order.Kept.Holder && other.Result?.Numbers is not null)
            .ToList();
        var theirs = others.Select(other => ReadSame(other, numbers)).ToList();
        long? shared = others.Count == 0 || theirs.Contains(null) ? null : NumberParts.CountShared(
            NumberParts.Read(parts),
            theirs.Select(list => NumberParts.Read(list!)).Aggregate(NumberParts.Union)); // each number once

        return numbers with
        {
            AlsoHeld = shared,
            Changes = order.Result?.Numbers is not null && ReadSame(order, numbers) is { } before
                ? NumberParts.Compare(NumberParts.Read(before), NumberParts.Read(parts))
                : null,
        };
    }

    /// <returns>What is kept of the list of a report; null where it has none, or not what was recorded, which is
    /// said.</returns>
    public IReadOnlyList<byte[]>? ReadKept(HeldOrder of)
    {
        if (of.Result?.Numbers is not { } numbers || of.Reported is not { } reported)
            return null;

        var parts = registry.WorkOrders.ReadNumbers(reported.Id);
        if (NumberParts.HashOf(parts) == numbers.Sha256)
            return parts;

        if (parts.Count == 0)
        {
            problems.Add(Warning(
                $"Danh sách số đã nhập của {of.Kept.Holder} không còn được lưu (đã xóa bằng 'purge' hoặc "
                    + $"'erase-subject'), nên không đối chiếu với danh sách đó.",
                $"The list that was imported of {of.Kept.Holder} is kept no longer (it went with 'purge' or "
                    + $"'erase-subject'); nothing is matched with it."));
            return null;
        }

        problems.Add(Warning(
            $"ledger.db, bảng carrier_number: danh sách số đã nhập của {of.Kept.Holder} bị sửa hoặc thiếu, nên không "
                + $"đối chiếu với danh sách đó.",
            $"ledger.db, table carrier_number: the list that was imported of {of.Kept.Holder} was changed, or is not "
                + $"whole; nothing is matched with it."));
        return null;
    }

    IReadOnlyList<byte[]>? ReadSame(HeldOrder other, ResultNumbers numbers)
    {
        if (other.Result?.Numbers is { } theirs && theirs.Kept == numbers.Kept && theirs.Key == numbers.Key)
            return ReadKept(other);

        problems.Add(Warning(
            $"Danh sách số của {other.Kept.Holder} được lưu cách khác (resultNumbers), nên không đối chiếu được.",
            $"The list of {other.Kept.Holder} is kept in another way (resultNumbers) and cannot be matched."));
        return null;
    }

    NumberKey? OpenKey()
    {
        HashSet<string> used = [.. registry.WorkOrders.Read()
            .SelectMany(each => each.Results)
            .Select(result => CarrierResult.TryParse(result.Content)?.Numbers?.Key)
            .OfType<string>()];
        try
        {
            return new NumberKeyFile(data, registry).FindOrMake(time.GetUtcNow(), used);
        }
        catch (LedgerException lost)
        {
            problems.Add(new Problem(null, lost.Words + new Wording(
                " Chưa có khóa thì vẫn nhập được bảng tổng theo địa bàn.",
                " Without it a table by area can still be imported.")));
            return null;
        }
    }

    /// <returns>-1 where it is not known whose list it is, which is said.</returns>
    int FindCarrier(PrefixTable prefixes)
    {
        var settings = installation.Holders.GetValueOrDefault(order.Kept.Holder);
        var name = settings?.Carrier ?? order.Kept.Holder;
        if (prefixes.Names.IndexOf(name) is >= 0 and var at)
            return at;

        var hint = Spelling.DidYouMean(Spelling.Nearest(name, prefixes.Carriers));
        problems.Add(new Problem(
            new Place(installation.File, Key: $"holders.{order.Kept.Holder}.carrier"),
            new Wording(
                $"Bảng nhà mạng không có '{name}', nên không biết số nào là của mạng khác.{hint}",
                $"No carrier of the table is called '{name}': numbers of others cannot be told.{hint}"),
            settings?.Carrier is null ? Severity.Warning : Severity.Error));
        return -1;
    }

    SuppressionList? ReadSuppressed(Campaign campaign, NumberReader reader, CancellationToken cancellationToken)
    {
        var found = new List<Problem>();
        var suppressed = AudienceImport.ReadSuppressed(campaign, reader, null, found, cancellationToken);
        if (found.TrueForAll(problem => problem.Severity != Severity.Error))
            return suppressed;

        problems.AddRange(found.Select(problem => problem with { Severity = Severity.Warning }));
        problems.Add(Warning(
            "Không đọc được danh sách từ chối nhận tin của chiến dịch, nên KHÔNG đối chiếu số nào với danh sách đó.",
            "The campaign's suppression lists cannot be read: NO number is matched with them."));
        return null;
    }

    NumberSet? ReadOurs(Campaign campaign, RunRecord record, CancellationToken cancellationToken)
    {
        if (campaign.Segments.Count == 0)
            return new NumberSet(); // the department texts nobody

        try
        {
            var address = record.AddressIn(data);
            var file = RunFile.Judge(data, run, address);
            if (!file.IsWhole)
                return Unmatched(MarkWords.Of(file));

            if (!Ledgers.RunAt(address).Exists)
                return new NumberSet();

            // And whom the rest of it reached on another date.
            var key = new NumberKeyFile(data, registry).Find();
            var numbers = EarlierRuns.ReadNumbers(address, key);
            foreach (var rest in registry.ReadRuns(record.Campaign).Where(other =>
                other.RestOf == record.Date && other.Simulated == record.Simulated))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Ledgers.RunAt(rest.AddressIn(data)).Exists)
                    EarlierRuns.ReadNumbers(rest.AddressIn(data), key, numbers);
            }

            return numbers;
        }
        catch (LedgerException unreadable)
        {
            return Unmatched(unreadable.Words);
        }
    }

    NumberSet? Unmatched(Wording why)
    {
        problems.Add(Warning(
            $"Không đọc được sổ của lượt gửi, nên KHÔNG đối chiếu với các số Sở đã gửi: {why}",
            $"The run's ledger cannot be read: nothing is matched with whom the department has texted: {why}"));
        return null;
    }

    static Problem Plain(Vietnamese vi, English en) => new(null, new Wording(vi, en));

    static Problem Warning(Vietnamese vi, English en) => new(null, new Wording(vi, en), Severity.Warning);
}
