"""Values: which types are found in columns of text, and what becomes of a value in the type that is asked for."""

from __future__ import annotations

from tests.standin.dataprep.case import Case

COLUMNS: dict[str, tuple[str, ...]] = {
    "ints": ("1", "2", "3"),
    "ints_null": ("1", "", "3"),
    "bigint": ("9223372036854775807", "1"),
    "overint": ("9223372036854775808", "1"),
    "hugeint": ("123456789012345678901234567890", "1"),
    "neg": ("-1", "+2"),
    "zeros": ("0042", "0001"),
    "floats": ("1.5", "2"),
    "floats_exp": ("1e5", "2.5E-3"),
    "floats_dot": (".5", "5."),
    "thousands": ("1,000", "2,000"),
    "inf": ("inf", "nan", "1.5"),
    "nan_only": ("nan", "1"),
    "NaN": ("NaN", "1.5"),
    "NA": ("NA", "1"),
    "na2": ("N/A", "2"),
    "null": ("null", "1"),
    "NULLs": ("NULL", "x"),
    "none": ("None", "1"),
    "question": ("?", "1"),
    "bools": ("True", "False"),
    "bools_lower": ("true", "false"),
    "bools_upper": ("TRUE", "FALSE"),
    "yes": ("yes", "no"),
    "yn": ("Y", "N"),
    "tf": ("T", "F"),
    "zeroone": ("0", "1"),
    "bool_null": ("true", "", "false"),
    "bool_mixed": ("true", "maybe"),
    "bool_num": ("true", "1"),
    "mixed": ("1", "x", "2"),
    "mixed_float": ("1", "2.5", "x"),
    "mixed_date": ("2020-01-01", "x"),
    "allnull": ("", ""),
    "pct": ("5%", "6%"),
    "cur": ("$5", "$6"),
    "hex": ("0x10", "0x11"),
    "guid": ("123e4567-e89b-12d3-a456-426614174000", ""),
    "phone": ("555-1234", "555-9999"),
    "ver": ("1.2.3", "1.2.4"),
    "zip": ("01234", "98101"),
    "spacenum": (" 1", "2 "),
    "comma_dec": ("1,5", "2,5"),
}

DATES: dict[str, tuple[str, ...]] = {
    "iso": ("2020-01-02", "2021-12-31"),
    "isot": ("2020-01-02T03:04:05", "2020-01-03T00:00:00"),
    "isoz": ("2020-01-02T03:04:05Z", "2020-01-03T00:00:00Z"),
    "isooff": ("2020-01-02T03:04:05+02:00", "2020-01-03T00:00:00+02:00"),
    "isofrac": ("2020-01-02T03:04:05.123456", "2020-01-02T03:04:05.5"),
    "isosp": ("2020-01-02 03:04:05", "2020-01-03 00:00:00"),
    "isosph": ("2020-01-02 03:04", "2020-01-03 00:00"),
    "us": ("1/31/2020", "12/25/2020"),
    "eu": ("31/1/2020", "25/12/2020"),
    "amb": ("1/2/2020", "3/4/2020"),
    "us2": ("01/31/20", "12/25/20"),
    "ustime": ("1/31/2020 3:04", "12/25/2020 13:04"),
    "usampm": ("1/31/2020 3:04:05 PM", "12/25/2020 1:04:05 AM"),
    "dash": ("31-01-2020", "25-12-2020"),
    "dashamb": ("01-02-2020", "03-04-2020"),
    "dot": ("31.01.2020", "25.12.2020"),
    "slash": ("2020/01/31", "2020/12/25"),
    "slasht": ("2020/01/31 03:04:05", "2020/12/25 03:04:05"),
    "mon": ("31 Jan 2020", "25 Dec 2020"),
    "mon2": ("Jan 31, 2020", "Dec 25, 2020"),
    "mon3": ("31-Jan-2020", "25-Dec-2020"),
    "mon4": ("31-Jan-20", "25-Dec-20"),
    "compact": ("20200131", "20201225"),
    "ym": ("2020-01", "2020-12"),
    "year": ("2020", "2021"),
    "time": ("03:04:05", "23:00:00"),
    "time2": ("3:04", "23:00"),
    "datenull": ("2020-01-02", ""),
    "datemix": ("2020-01-02", "1/31/2020"),
    "datebad": ("2020-01-02", "2020-02-30"),
    "dateold": ("1500-01-01", "2020-01-01"),
    "datefar": ("9999-12-31", "2020-01-01"),
    "day0": ("0001-01-01", "2020-01-01"),
    "datetime_partial": ("2020-01-02", "2020-01-02 03:04:05"),
    "weekday": ("Fri, 31 Jan 2020", "Sat, 01 Feb 2020"),
    "rfc": ("Fri, 31 Jan 2020 03:04:05 GMT", "Sat, 01 Feb 2020 03:04:05 GMT"),
    "isoms": ("2020-01-02T03:04:05.123Z", "2020-01-03T03:04:05.000Z"),
    "h24": ("1/31/2020 13:04:05", "12/25/2020 01:04:05"),
    "amb_one": ("1/2/2020", "31/1/2020"),
    "iso1": ("2020-1-2", "2020-12-31"),
}

TYPED: dict[str, Case] = {
    "infer_200": Case("a\n" + "1\n" * 250 + "x\n"),
    "infer_200_float": Case("a\n" + "1\n" * 250 + "2.5\n"),
    "infer_200_date": Case("a,k\n" + "2020-01-01,1\n" * 250 + "hello,1\n"),
    "infer_few_bad": Case("a\n" + "1\n" * 150 + "x\n"),
    "infer_late_null": Case("a\n" + "1\n" * 250 + '""\n'),
    "infer_first_null": Case("a,b\n" + ",1\n" * 250 + "5,1\n"),
    "err_fail": Case("a\n" + "1\n" * 250 + "x\n", then="d.to_pandas_dataframe(on_error='fail')"),
    "all": Case(
        "i,f,b,s,d\n1,1.5,true,0042,2020-01-02\nx,y,maybe,7,nope\n",
        options="set_column_types={'i':DataType.to_long(),'f':DataType.to_float(),'b':DataType.to_bool(),"
        "'s':DataType.to_string(),'d':DataType.to_datetime()}",
    ),
    "fail": Case(
        "i,k\n1,z\nx,z\n",
        options="set_column_types={'i':DataType.to_long()}",
        then="d.to_pandas_dataframe(on_error='fail')",
    ),
    "f_fail": Case(
        "i,k\n1.5,z\nx,z\n",
        options="set_column_types={'i':DataType.to_float()}",
        then="d.to_pandas_dataframe(on_error='fail')",
    ),
    "b_fail": Case(
        "i,k\ntrue,z\nx,z\n",
        options="set_column_types={'i':DataType.to_bool()}",
        then="d.to_pandas_dataframe(on_error='fail')",
    ),
    "d_fail": Case(
        "i,k\n2020-01-01,z\nx,z\n",
        options="set_column_types={'i':DataType.to_datetime()}",
        then="d.to_pandas_dataframe(on_error='fail')",
    ),
    "long_of_float": Case("i,k\n1.0,z\n2.7,z\n,z\n", options="set_column_types={'i':DataType.to_long()}"),
    "long_ok": Case("i,k\n1,z\n2,z\n", options="set_column_types={'i':DataType.to_long()}"),
    "bool_words": Case(
        "b,k\ntrue,z\nTRUE,z\nyes,z\nno,z\n1,z\n0,z\nT,z\nf,z\nY,z\n,z\n",
        options="set_column_types={'b':DataType.to_bool()}",
    ),
    "decmark": Case('f,k\n"1,5",z\n"2.000,5",z\n', options="set_column_types={'f':DataType.to_float(',')}"),
    "dt_fmt": Case(
        "d,k\n31/12/2020,z\n01/02/2020,z\n", options="set_column_types={'d':DataType.to_datetime('%d/%m/%Y')}"
    ),
    "dt_fmts": Case(
        "d,k\n31/12/2020,z\n2020-02-01,z\n",
        options="set_column_types={'d':DataType.to_datetime(['%d/%m/%Y','%Y-%m-%d'])}",
    ),
    "dt_fmt_ampm": Case(
        "d,k\n31/12/2020 03:04:05 PM,z\n",
        options="set_column_types={'d':DataType.to_datetime('%d/%m/%Y %I:%M:%S %p')}",
    ),
    "dt_nofmt_amb": Case(
        "d,k\n1/2/2020,z\n2/3/2020,z\n", options="set_column_types={'d':DataType.to_datetime()}"
    ),
    "dt_nofmt_eu": Case(
        "d,k\n31/2/2020,z\n12/3/2020,z\n", options="set_column_types={'d':DataType.to_datetime()}"
    ),
    "dt_range": Case(
        "d,k\n1500-01-01,z\n2020-01-01,z\n", options="set_column_types={'d':DataType.to_datetime('%Y-%m-%d')}"
    ),
    "dt_range_fail": Case(
        "d,k\n1500-01-01,z\n2020-01-01,z\n",
        options="set_column_types={'d':DataType.to_datetime('%Y-%m-%d')}",
        then="d.to_pandas_dataframe(out_of_range_datetime='fail')",
    ),
    "missing_col": Case("a,k\n1,z\n", options="set_column_types={'zz':DataType.to_long()}"),
    "noinfer": Case(
        "a,k\n1,2\n", options="set_column_types={'a':DataType.to_long()}, infer_column_types=False"
    ),
    "str_num": Case("a,k\n1,2\n,3\n", options="set_column_types={'a':DataType.to_string()}"),
    "bad": Case("a,k\n1,2\n", options="set_column_types={'a':'long'}"),
    "notdict": Case("a,k\n1,2\n", options="set_column_types=['a']"),
    "noinfer_dt": Case(
        "d,k\n2020-01-05,2\n",
        options="set_column_types={'d':DataType.to_datetime()}, infer_column_types=False",
    ),
}


def column(values: tuple[str, ...]) -> Case:
    """A column ``a`` of these values, beside one that is always filled."""
    written = (f'"{value}"' if "," in value else value for value in values)
    return Case("a,k\n" + "".join(f"{value},z\n" for value in written))
